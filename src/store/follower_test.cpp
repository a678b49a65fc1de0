// SPDX-License-Identifier: Apache-2.0
// Several servers on one PostgreSQL store: one writes, the others read along and take over.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <set>
#include <thread>

#include "store/checkup.hpp"
#include "store/errors.hpp"
#include "store/notes.hpp"
#include "store/opening.hpp"
#include "store/postgres_fixture.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds patience{10'000};

/// One server: a folder of its own, the keys and the database of the first.
struct Server : World {
  explicit Server(std::uint64_t seed, const Server* first = nullptr) : World(Engine::postgres, seed) {
    config.own_thread = true;
    config.follow = true;
    config.address = "127.0.0.1:" + std::to_string(8000 + seed);
    config.limits.entry_bytes = 2048;
    config.limits.incremental_rows = 50;
    config.limits.follow_milliseconds = 10;
    if (!first) return;
    config.connection = first->config.connection;
    config.key_folder = first->config.key_folder;
  }
  std::unique_ptr<Store> join() { return must(Store::join(config, surroundings())); }
};

bool becomes(const std::function<bool()>& true_at_last) {
  for (const long long end = monotonic_milliseconds() + patience.count(); monotonic_milliseconds() < end;
       std::this_thread::sleep_for(milliseconds(5)))
    if (true_at_last()) return true;
  return false;
}

Command task(const std::string& id, const std::string& key = {}) {
  return command(
      "put_task",
      [id](Tx& tx) -> Result<Json> {
        TRY(tasks::put(tx, {county, id, Json(id), {}, "doing", {}}));
        return Json(tx.seq().value);
      },
      key, Json(id));
}

Command many_figures(int from) {
  return command("many", [from](Tx& tx) -> Result<Json> {
    std::vector<observations::Homed> many;
    for (int year = from; year < from + 60; ++year)
      many.push_back({county, figure(4, "B", std::to_string(year), "census", std::to_string(year % 7))});
    TRY(observations::append_all(tx, std::move(many), {}));
    return Json();
  });
}

class FollowerTest : public ::testing::Test {
 protected:
  Server a{1}, b{2, &a};
  std::unique_ptr<Store> one = must(a.create());

  void SetUp() override { load_little_programme(*one); }

  /// Both show the same picture at the newest seq of `of`.
  static void expect_same(Store& of, Store& other) {
    const auto here = of.view();
    const auto there = must(other.view_at_least(here->seq, patience));
    EXPECT_EQ(here->head, there->head);
    EXPECT_EQ(picture(*here), picture(*there));
  }
  /// Ends the session that holds the writer's lock, as a network that is cut does.
  void cut_off_writer() const {
    must(must(a.connect())
             ->exec("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
                    "AND objid = hashtext(current_schema())::oid"));
  }
};

TEST_F(FollowerTest, ReadsAlongAndLeavesWritingToTheWriter) {
  const auto two = b.join();
  EXPECT_TRUE(one->writes());
  EXPECT_FALSE(two->writes());
  EXPECT_EQ(two->writer_address(), a.config.address);
  EXPECT_EQ(one->writer_address(), "");
  expect_same(*one, *two);
  for (int i = 0; i < 10; ++i) {
    const Answer answer = must(one->write(i % 2 ? task("T-" + std::to_string(i))
                                                : observe(figure(4, "A", std::to_string(2010 + i), "x", "1.50"))));
    EXPECT_GE(must(two->view_at_least(answer.seq, patience))->seq, answer.seq);
  }
  expect_same(*one, *two);
  must(one->write(many_figures(1900)));   // rows in a batch, more than a View takes one by one
  expect_same(*one, *two);
  const auto refused = two->write(task("T-x"));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::writer_elsewhere));
  EXPECT_NE(refused.error().text(Language::en).find(a.config.address), std::string::npos);
  EXPECT_EQ(must(two->verify()).seq, one->view()->seq);
}

TEST_F(FollowerTest, TakesOverWhenTheWriterIsGone) {
  auto two = b.join();
  const Answer first = must(one->write(task("T-1", "key-1")));
  must(one->write(many_figures(1900)));
  one.reset();
  ASSERT_TRUE(becomes([&] { return two->writes(); }));
  EXPECT_EQ(two->writer_address(), "");
  const Answer again = must(two->write(task("T-1", "key-1")));
  EXPECT_TRUE(again.replayed) << "what the first writer accepted stays accepted once";
  EXPECT_EQ(again.seq, first.seq);
  EXPECT_EQ(must(two->write(task("T-2"))).seq.value, first.seq.value + 2);
  note_stop(a.files, a.config, Instant{1}, Error(Diagnostic{&errors::disk_full, {}, {}}));
  ASSERT_TRUE(noted_stop(a.files, a.config));
  one = must(a.open());   // comes back, and now it follows
  EXPECT_FALSE(noted_stop(a.files, a.config)) << "what stopped it is over";
  EXPECT_FALSE(one->writes());
  EXPECT_EQ(one->writer_address(), b.config.address);
  expect_same(*two, *one);
  must(two->verify());
}

TEST_F(FollowerTest, AWriterThatWasCutOffCantCommitAndReadsAlongAgain) {
  const auto two = b.join();
  for (int round = 0; round < 3; ++round) {
    Store& writer = one->writes() ? *one : *two;
    Store& other = one->writes() ? *two : *one;
    cut_off_writer();
    const auto refused = writer.write(task("late " + std::to_string(round)));   // it does not know yet
    EXPECT_FALSE(refused);
    ASSERT_TRUE(becomes([&] {
      return one->writes() != two->writes() && one->read_only_reason().empty() && two->read_only_reason().empty();
    })) << one->read_only_reason()
        << two->read_only_reason();
    Store& now = one->writes() ? *one : *two;
    must(now.write(task("T-" + std::to_string(round))));
    expect_same(now, &now == one.get() ? *two : *one);
    EXPECT_EQ(other.view()->tasks.find({county, "late " + std::to_string(round)}), nullptr);
  }
  must(one->verify());
}

TEST_F(FollowerTest, AWriterWithoutWorkNoticesThatItWasCutOff) {
  a.config.limits.look_milliseconds = 20;
  one.reset();
  one = must(a.open());
  const auto two = b.join();
  cut_off_writer();
  ASSERT_TRUE(becomes([&] { return two->writes() && !one->writes(); }));
  must(two->write(task("T-1")));
  expect_same(*two, *one);
}

TEST_F(FollowerTest, AWriterThatIsStoppedAndHoldsTheLockIsCutOff) {
  b.config.limits.look_milliseconds = 10;
  const std::int64_t epoch = one->view()->epoch;
  one.reset();
  const auto stopped = must(a.connect());   // a process that claimed the lock, and then never spoke again
  ASSERT_TRUE(becomes([&] { return must(try_claim(*stopped)); })) << "PostgreSQL ends a session after it was closed";
  must(note_writer(*stopped, epoch, {a.config.address, "its token"}));
  const auto two = b.join();
  EXPECT_FALSE(two->writes());
  ASSERT_TRUE(becomes([&] { return two->writes(); }));
  must(two->write(task("T-1")));
  EXPECT_FALSE(last_seq(*stopped)) << "awake again, it has no connection";
  EXPECT_TRUE(stopped->broken());
}

TEST_F(FollowerTest, ACommandThatHoldsTheLockMayTakeItsTime) {
  b.config.limits.look_milliseconds = 10;
  const std::int64_t epoch = one->view()->epoch;
  one.reset();
  const auto command = must(a.connect());
  ASSERT_TRUE(becomes([&] { return must(try_claim(*command)); })) << "PostgreSQL ends a session after it was closed";
  must(note_writer(*command, epoch, {"", "its token"}));
  const auto two = b.join();
  std::this_thread::sleep_for(milliseconds(1500));   // more than twice what ends a server
  EXPECT_FALSE(two->writes());
}

TEST_F(FollowerTest, NotesOfCommandsAreToldByEveryServer) {
  const auto two = b.join();
  EXPECT_EQ(must(two->note(backup_note)), Json());
  const Beside beside = must(open_beside(a.config, a.files));
  Json note;
  note.set("seq", 7);
  must(keep_note(*beside.database, a.config.folder, a.files, backup_note, note));
  note.set("seq", 8);
  must(keep_note(*beside.database, a.config.folder, a.files, backup_note, note));
  EXPECT_EQ(must(one->note(backup_note))["seq"], Json(8));
  EXPECT_EQ(must(two->note(backup_note))["seq"], Json(8));
  EXPECT_EQ(must(two->verify()).seq, one->view()->seq) << "and the proof does not mind";
}

TEST_F(FollowerTest, TheEpochRowFencesAWriterEvenWithoutTheLock) {
  std::promise<void> started, go_on;
  auto gate = go_on.get_future().share();
  auto underway = one->writer().submit(command("slow", [&started, gate](Tx&) -> Result<Json> {
    started.set_value();
    gate.wait();
    return Json();
  }));
  started.get_future().wait();
  const auto beside = must(a.connect());   // as one that took over would, were the lock lost
  std::atomic<bool> noted{false};
  std::thread other([&] {
    must(note_writer(*beside, 1, {"elsewhere:1", "token"}));
    noted = true;
  });
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_FALSE(noted) << "a transaction under way ends first";
  go_on.set_value();
  other.join();
  EXPECT_TRUE(underway.get()) << "and what it acknowledges stands";
  const auto refused = one->write(task("T-1"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text(Language::en).find("elsewhere:1"), std::string::npos)
      << refused.error().text(Language::en);
}

TEST_F(FollowerTest, AForgedEntryStopsTheFollowerAndItShowsNothingOfIt) {
  const auto two = b.join();
  expect_same(*one, *two);
  const Seq before = two->view()->seq;
  Entry forged;
  forged.seq = Seq{before.value + 1};
  forged.home = county;
  forged.columns = Json(Json::Object{});
  must(insert_entry(*must(a.connect()), forged, forged.canonical(), digest("a guess")));
  ASSERT_TRUE(becomes([&] { return !two->read_only_reason().empty(); }));
  EXPECT_EQ(two->view()->seq, before);
}

TEST_F(FollowerTest, EveryServerIsAWitnessOfWhatItShowed) {
  auto two = b.join();
  must(one->write(task("T-1")));
  expect_same(*one, *two);
  const Seq last = two->view()->seq;
  two.reset();
  one.reset();
  must(must(a.connect())->exec("DELETE FROM journal WHERE seq = " + std::to_string(last.value)));
  for (Server* server : {&a, &b}) {
    const auto opened = server->open();
    ASSERT_FALSE(opened);
    EXPECT_TRUE(opened.error().is(errors::journal_short));
  }
}

TEST_F(FollowerTest, KeysMadeAndErasedByOneAreKnownToTheOther) {
  const auto two = b.join();
  const auto permit = UnmaskPermit::grant("clerk", "test");
  const Bytes sealed = must(one->vault().seal("task:2:T-1:contact", Personal<std::string>(std::string("13900000000"))));
  EXPECT_EQ(must(two->vault().open("task:2:T-1:contact", sealed, permit)), "13900000000");
  must(two->vault().seal("task:2:T-2:contact", Personal<std::string>(std::string("1"))));
  must(one->vault().erase("task:2:T-1:contact"));
  EXPECT_TRUE(becomes([&] { return two->vault().erased("task:2:T-1:contact"); }));
  EXPECT_FALSE(one->vault().erased("task:2:T-2:contact"));
}

TEST_F(FollowerTest, ACommandIsToldWhoWrites) {
  Server c(3, &a);
  c.config.follow = false;
  must(make_joined(c.config, c.files));
  const auto opened = c.open();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().text(Language::en).find(a.config.address), std::string::npos);
}

/// Clients write to whichever server takes it and repeat with the same key until it is acknowledged; the writer is cut
/// off again and again. Every acknowledged act is there once.
TEST_F(FollowerTest, NothingAcknowledgedIsLostOrDoubledWhileWritersComeAndGo) {
  const auto two = b.join();
  constexpr int clients = 4, each = 60;
  std::atomic<int> acknowledged{0};
  std::vector<std::thread> threads;
  for (int c = 0; c < clients; ++c)
    threads.emplace_back([&, c] {
      for (int i = 0; i < each; ++i) {
        const std::string id = std::to_string(c) + "-" + std::to_string(i);
        EXPECT_TRUE(becomes([&] { return (one->writes() ? *one : *two).write(task(id, id)).has_value(); })) << id;
        ++acknowledged;
      }
    });
  for (int cut = 1; cut <= 8; ++cut) {
    becomes([&] { return acknowledged >= cut * clients * each / 10; });
    cut_off_writer();
  }
  for (auto& t : threads) t.join();
  ASSERT_TRUE(becomes([&] { return one->view()->seq == two->view()->seq && one->writes() != two->writes(); }));
  expect_same(*one, *two);
  const auto database = must(a.connect());
  std::map<std::string, int> times;
  must(read_journal(*database, Seq{}, one->view()->seq, [&](const JournalRow& row) -> Status {
    if (row.entry.act == "put_task") ++times[row.entry.request_key];
    return {};
  }));
  EXPECT_EQ(times.size(), static_cast<std::size_t>(clients * each));
  for (const auto& [key, n] : times) EXPECT_EQ(n, 1) << key;
  must(one->verify());
}

TEST(FollowerOnItsOwnCluster, ServersComeBackWhenPostgresqlDoes) {
  postgres_fixture::Cluster cluster(true, true);
  Server a(1);
  a.config.connection = postgres_fixture::new_schema(cluster);
  Server b(2, &a);
  const auto one = must(a.create());
  load_little_programme(*one);
  const auto two = b.join();
  must(two->view_at_least(must(one->write(task("T-1"))).seq, patience));
  cluster.kill();
  EXPECT_FALSE(one->write(task("T-2")));
  ASSERT_TRUE(becomes([&] { return !one->read_only_reason().empty() && !two->read_only_reason().empty(); }))
      << "one: " << one->read_only_reason() << " two: " << two->read_only_reason();
  EXPECT_NE(two->view()->tasks.find({county, "T-1"}), nullptr) << "reading goes on";
  cluster.start();
  ASSERT_TRUE(becomes([&] {
    return one->writes() != two->writes() && one->read_only_reason().empty() && two->read_only_reason().empty();
  }));
  Store& now = one->writes() ? *one : *two;
  const Answer answer = must(now.write(task("T-3")));
  for (Store* store : {one.get(), two.get()})
    EXPECT_NE(must(store->view_at_least(answer.seq, patience))->tasks.find({county, "T-3"}), nullptr);
  must(now.verify());
}

}   // namespace
}   // namespace gangmu::store::test
