// SPDX-License-Identifier: Apache-2.0
// Group commit, savepoints, request keys, and what happens when something fails.
#include "store/writer.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <new>
#include <thread>

#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

Result<Json> put_task(Tx& tx, std::string id, std::string state = "doing") {
  TRY(tasks::put(tx, {county, std::move(id), Json(Json::Object{}), {}, std::move(state), {}}));
  return Json(tx.seq().value);
}

Command task_command(std::string id, std::string request_key = {}, std::string state = "doing") {
  Json body;
  body.set("id", id);
  body.set("state", state);
  return command(
      "put_task", [id, state](Tx& tx) { return put_task(tx, id, state); }, std::move(request_key), std::move(body));
}

/// Several commands in one group: the first one holds the writer until all wait. The store is opened anew with a
/// thread.
std::vector<Result<Answer>> commit_as_group(World& world, std::unique_ptr<Store>& store,
                                            std::vector<Command> commands) {
  store.reset();
  world.config.own_thread = true;
  store = must(world.open());
  std::promise<void> waiting;
  auto gate = waiting.get_future().share();
  std::promise<void> held;
  auto first = store->writer().submit(command("hold", [gate, &held](Tx&) -> Result<Json> {
    held.set_value();
    gate.wait();
    return Json();
  }));
  held.get_future().wait();   // alone in its group, however late the thread woke
  std::vector<std::future<Result<Answer>>> answers;
  for (Command& c : commands) answers.push_back(store->writer().submit(std::move(c)));
  waiting.set_value();
  must(first.get());
  std::vector<Result<Answer>> out;
  for (auto& a : answers) out.push_back(a.get());
  return out;
}

class WriterTest : public OnBothEngines {
 protected:
  World world{GetParam()};
  std::unique_ptr<Store> store = must(world.create());

  void SetUp() override { load_little_programme(*store); }
  void reopen() {
    store.reset();
    store = must(world.open());
  }
  std::vector<Result<Answer>> group(std::vector<Command> commands) {
    return commit_as_group(world, store, std::move(commands));
  }
};
GANGMU_ON_BOTH_ENGINES(WriterTest);

TEST_P(WriterTest, NumbersAreGapFreeAndRefusedOnesLeaveNothing) {
  std::vector<Command> commands;
  for (int i = 0; i < 10; ++i) {
    commands.push_back(i % 3 == 1 ? command("refused",
                                            [i](Tx& tx) -> Result<Json> {
                                              TRY(put_task(tx, "T" + std::to_string(i)));
                                              return fail(errors::limit_exceeded, {"patience", "0"});
                                            })
                                  : task_command("T" + std::to_string(i)));
  }
  const Seq before = store->view()->seq;
  const auto answers = group(std::move(commands));
  std::int64_t expected = before.value + 1;   // the holding command
  for (int i = 0; i < 10; ++i) {
    const auto& answer = answers[static_cast<std::size_t>(i)];
    if (i % 3 == 1) {
      EXPECT_TRUE(answer.error().is(errors::limit_exceeded));
      EXPECT_EQ(store->view()->tasks.find({county, "T" + std::to_string(i)}), nullptr);
    } else {
      EXPECT_EQ(must(answer).seq.value, ++expected);
      EXPECT_NE(store->view()->tasks.find({county, "T" + std::to_string(i)}), nullptr);
    }
  }
  EXPECT_EQ(store->view()->seq.value, expected);
  EXPECT_EQ(must(store->verify()).entries, expected);
}

TEST_P(WriterTest, ACommandSeesWhatTheOnesBeforeItInTheGroupDid) {
  const auto count = [](Tx& tx) -> Result<Json> {
    const auto n = static_cast<std::int64_t>(must(tasks::list(tx, county)).size());
    TRY(put_task(tx, "T" + std::to_string(n)));
    return Json(n);
  };
  const auto answers = group({command("count", count), command("count", count), command("count", count)});
  for (std::int64_t i = 0; i < 3; ++i) EXPECT_EQ(must(answers[static_cast<std::size_t>(i)]).body, Json(i));
}

TEST(WriterOnSqlite, OneSyncOfTheLogAndOneOfHeadServeManyAnswers) {
  World world(Engine::sqlite);
  auto store = must(world.create());
  load_little_programme(*store);
  set_page_faults(world.config.folder, &world.faults);
  const auto syncs_for = [&](int commands) {
    std::vector<Command> all;
    for (int i = 0; i < commands; ++i) all.push_back(task_command("T" + std::to_string(i)));
    const auto before = world.faults.syncs();
    for (const auto& answer : commit_as_group(world, store, std::move(all))) EXPECT_TRUE(answer);
    return world.faults.syncs() - before;
  };
  syncs_for(1);   // from here on the open files are counted
  const auto one = syncs_for(1);
  EXPECT_EQ(syncs_for(50), one);
  store.reset();
  set_page_faults(world.config.folder, nullptr);
}

TEST_P(WriterTest, ARequestKeyAnswersOnceAndForAll) {
  const Answer first = must(store->write(task_command("T-1", "key-1")));
  EXPECT_FALSE(first.replayed);
  const std::string before = picture(*store->view());
  for (int i = 0; i < 2; ++i) {
    const Answer again = must(store->write(task_command("T-1", "key-1")));
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(again.seq, first.seq);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(picture(*store->view()), before);
    reopen();
  }
  const auto in_group = group({task_command("T-2", "key-2"), task_command("T-2", "key-2")});
  EXPECT_FALSE(must(in_group[0]).replayed);
  EXPECT_TRUE(must(in_group[1]).replayed);
  EXPECT_EQ(must(in_group[0]).seq, must(in_group[1]).seq);
}

TEST_P(WriterTest, AReusedRequestKeyNamesTheFirstDifference) {
  must(store->write(task_command("T-1", "key-1")));
  const auto difference = [&](Command c) { return store->write(std::move(c)).error().first().arguments.at(1); };
  EXPECT_EQ(difference(task_command("T-2", "key-1")), "id");
  EXPECT_EQ(difference(task_command("T-1", "key-1", "closed")), "state");
  Command other = task_command("T-1", "key-1");
  other.command.set("extra", 1);
  EXPECT_EQ(difference(other), "extra");
  other = task_command("T-1", "key-1");
  other.act = "close_task";
  EXPECT_EQ(difference(other), "act");
  Command somebody = task_command("T-2", "key-1");
  somebody.actor = "another clerk";
  EXPECT_TRUE(store->write(somebody)) << "keys belong to their actor";
}

TEST_P(WriterTest, OnlyAcceptedWritesKeepTheirRequestKey) {
  bool ready = false;
  const auto decide = [&](Tx& tx) -> Result<Json> {
    if (!ready) return fail(errors::limit_exceeded, {"patience", "0"});
    return put_task(tx, "T-1");
  };
  EXPECT_FALSE(store->write(command("decide", decide, "key")));
  ready = true;
  EXPECT_FALSE(must(store->write(command("decide", decide, "key"))).replayed);
}

/// Digests beside request keys were kept in full length before; a key of then still means what it meant.
TEST_P(WriterTest, AKeyWhoseDigestsAreLongerIsStillKnown) {
  Json body, other;
  body.set("percent", 50);
  body.set("text", "half");
  other.set("percent", 51);
  other.set("text", "half");
  const auto write = [&](const Json& given) {
    return store->write(command(
        "put_task", [](Tx& tx) { return put_task(tx, "T-1"); }, "key", given));
  };
  must(write(body));
  const auto database = must(world.connect());
  std::string bytes;
  must(scan_rows(*database, table::journal, {county.value, store->view()->seq.value}, [&](Row&& row) -> Status {
    bytes = std::get<std::string>(row[table::journal.column("bytes")]);
    return {};
  }));
  const Entry kept = must(Entry::parse(bytes));
  EXPECT_EQ(kept.command.size(), std::string("sha256:").size() + 32);
  EXPECT_EQ(kept.fields["percent"].string_or("").size(), 8u);
  Entry longer = kept;
  const std::string key = must(world.files.read(world.config.key_folder / "head.key"));
  longer.command = hmac(key, "command\n" + body.canonical()).text();
  ASSERT_TRUE(longer.command.starts_with(kept.command));
  for (const char* field : {"percent", "text"}) {
    const std::string whole = hmac(key, "field\n" + std::string(field) + "\n" + body[field].canonical()).text();
    longer.fields.set(field, whole.substr(7, 16));
  }
  Statement* change = must(database->prepare(R"(UPDATE "journal" SET "bytes"=$1 WHERE "seq"=$2)"));
  must(change->run(std::vector<Value>{longer.canonical(), kept.seq.value}));
  EXPECT_TRUE(must(write(body)).replayed);
  const auto refused = write(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().first().arguments.back(), "percent");
}

TEST_P(WriterTest, OldRequestKeysAreForgottenByAnActOfItsOwn) {
  must(store->write(task_command("T-1", "old")));
  world.clock.time.micros += 401LL * 86'400'000'000;
  must(store->write(task_command("T-2", "young")));
  EXPECT_EQ(must(store->forget_old_request_keys()), 1);
  EXPECT_TRUE(must(store->write(task_command("T-2", "young"))).replayed);
  EXPECT_FALSE(must(store->write(task_command("T-1", "old"))).replayed);
  must(store->verify());
}

/// No further file can be opened while it lives.
class NoDescriptorLeft {
 public:
  NoDescriptorLeft() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(0);
    ::close(next);
    const rlimit now{.rlim_cur = static_cast<rlim_t>(next), .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &now);
  }
  ~NoDescriptorLeft() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptorLeft(const NoDescriptorLeft&) = delete;
  NoDescriptorLeft& operator=(const NoDescriptorLeft&) = delete;

 private:
  rlimit before_{};
};

TEST_P(WriterTest, WantOfADescriptorRefusesAWriteAndStopsNothing) {
  store.reset();
  store = must(world.open());   // nothing was written yet
  {
    const NoDescriptorLeft crowd;
    const auto refused = store->write(task_command("T-1", "key"));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(errors::no_descriptor)) << refused.error().text(Language::en);
  }
  EXPECT_EQ(store->read_only_reason(), "");
  EXPECT_FALSE(must(store->write(task_command("T-1", "key"))).replayed);
  {
    const NoDescriptorLeft crowd;   // HEAD is held open from the first write on
    EXPECT_TRUE(store->write(task_command("T-2")));
  }
  EXPECT_EQ(store->read_only_reason(), "");
  must(store->verify());
}

TEST_P(WriterTest, ManyOldRequestKeysAreForgottenInSlicesAndNoneYoung) {
  constexpr int old = 10'050, young = 60;   // more than one slice looks at
  const auto keep = [&](int from, int n) {
    must(store->write(command("keep", [&](Tx& tx) -> Result<Json> {
      std::vector<Row> rows;
      for (int i = from; i < from + n; ++i)
        rows.push_back({county.value, std::string("clerk"), std::to_string(i), tx.seq().value});
      TRY(tx.put_all(table::request_key, rows));
      return Json();
    })));
  };
  keep(0, old);
  world.clock.time.micros += 401LL * 86'400'000'000;
  keep(old, young);
  EXPECT_EQ(must(store->forget_old_request_keys()), old);
  const Seq after = store->view()->seq;
  EXPECT_EQ(must(store->forget_old_request_keys()), 0);
  EXPECT_EQ(store->view()->seq, after) << "nothing to do is no act";
}

TEST_P(WriterTest, WhenTheJournalCantBeWrittenTheWriteIsRefused) {
  const auto beside = must(world.connect());
  must(beside->exec(
      GetParam() == Engine::sqlite
          ? "CREATE TRIGGER no_audit BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'audit is full'); END"
          : "CREATE FUNCTION no_audit() RETURNS trigger AS 'BEGIN RAISE ''audit is full''; END' LANGUAGE plpgsql; "
            "CREATE TRIGGER no_audit BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION no_audit()"));
  const std::string before = picture(*store->view());
  const auto refused = store->write(task_command("T-1"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text(Language::en).find("audit is full"), std::string::npos);
  EXPECT_EQ(picture(*store->view()), before);
  must(beside->exec(GetParam() == Engine::sqlite ? "DROP TRIGGER no_audit" : "DROP TRIGGER no_audit ON journal"));
  EXPECT_TRUE(store->write(task_command("T-1")));
}

TEST_P(WriterTest, ACommandWithoutMemoryFailsAlone) {
  const auto answers = group({task_command("T-1"),
                              command("hungry",
                                      [](Tx& tx) -> Result<Json> {
                                        TRY(put_task(tx, "T-2"));
                                        throw std::bad_alloc();
                                      }),
                              task_command("T-3")});
  EXPECT_TRUE(answers[0]);
  EXPECT_TRUE(answers[1].error().is(errors::out_of_memory));
  EXPECT_TRUE(answers[2]);
  EXPECT_EQ(store->view()->tasks.find({county, "T-2"}), nullptr);
  must(store->verify());
}

TEST_P(WriterTest, LimitsAreNamed) {
  EXPECT_TRUE(store->write(task_command("T-1", std::string(300, 'k'))).error().is(errors::limit_exceeded));
  EXPECT_TRUE(store
                  ->write(command(
                      "long", [](Tx&) -> Result<Json> { return Json(std::string(100'000, 'x')); }, "k"))
                  .error()
                  .is(errors::limit_exceeded));
  store.reset();
  world.config.limits.command_rows = 3;
  store = must(world.open());
  EXPECT_TRUE(store
                  ->write(command("many",
                                  [](Tx& tx) -> Result<Json> {
                                    for (int i = 0; i < 4; ++i) TRY(put_task(tx, "T" + std::to_string(i)));
                                    return Json();
                                  }))
                  .error()
                  .is(errors::limit_exceeded));
  EXPECT_TRUE(store->view()->tasks.empty());
}

TEST_P(WriterTest, AReaderCanWaitForASeqAndListen) {
  std::vector<std::int64_t> heard;
  auto handle = store->on_commit([&](Seq seq) { heard.push_back(seq.value); });
  const Answer answer = must(store->write(task_command("T-1")));
  EXPECT_EQ(must(store->view_at_least(answer.seq, std::chrono::milliseconds(1)))->seq, answer.seq);
  EXPECT_TRUE(
      store->view_at_least(Seq{answer.seq.value + 1}, std::chrono::milliseconds(1)).error().is(errors::view_too_old));
  handle.reset();
  must(store->write(task_command("T-2")));
  EXPECT_EQ(heard, std::vector<std::int64_t>{answer.seq.value});
}

TEST_P(WriterTest, ManyClientsNothingLostNothingDoubled) {
  store.reset();
  world.config.own_thread = true;
  store = must(world.open());
  constexpr int clients = 8, each = 25;
  std::vector<std::thread> threads;
  std::vector<std::vector<std::int64_t>> seqs(clients);
  for (int c = 0; c < clients; ++c)
    threads.emplace_back([&, c] {
      for (int i = 0; i < each; ++i) {
        const std::string id = std::to_string(c) + "-" + std::to_string(i);
        seqs[static_cast<std::size_t>(c)].push_back(must(store->write(task_command(id, id))).seq.value);
        EXPECT_NE(store->view()->tasks.find({county, id}), nullptr) << "answered, so it is seen";
      }
    });
  for (auto& t : threads) t.join();
  std::set<std::int64_t> distinct;
  for (const auto& list : seqs) {
    EXPECT_TRUE(std::is_sorted(list.begin(), list.end()));
    distinct.insert(list.begin(), list.end());
  }
  EXPECT_EQ(distinct.size(), static_cast<std::size_t>(clients * each));
  EXPECT_EQ(*distinct.rbegin() - *distinct.begin() + 1, clients * each);
  must(store->verify());
}

TEST_P(WriterTest, ASecondWriterIsKeptOut) {
  const auto second = world.open();
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is(errors::store_locked));
  const auto beside = must(world.connect());
  must(beside->exec("UPDATE epoch SET writer = 'another server'"));
  EXPECT_FALSE(store->write(task_command("T-1"))) << "the epoch row names another writer";
  EXPECT_FALSE(store->read_only_reason().empty());
  EXPECT_TRUE(store->write(task_command("T-1")).error().is(errors::store_read_only));
}

TEST_P(WriterTest, AQueueThatIsFullSaysSo) {
  store.reset();
  world.config.own_thread = true;
  world.config.limits.queue_commands = 2;
  store = must(world.open());
  std::promise<void> started, open_gate;
  auto gate = open_gate.get_future().share();
  auto holder = store->writer().submit(command("hold", [&started, gate](Tx&) -> Result<Json> {
    started.set_value();
    gate.wait();
    return Json();
  }));
  started.get_future().wait();
  auto one = store->writer().submit(task_command("T-1")), two = store->writer().submit(task_command("T-2")),
       three = store->writer().submit(task_command("T-3"));
  EXPECT_TRUE(three.get().error().is(errors::writer_busy));
  open_gate.set_value();
  EXPECT_TRUE(one.get());
  EXPECT_TRUE(two.get());
}

}   // namespace
}   // namespace gangmu::store::test
