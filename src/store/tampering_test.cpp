// SPDX-License-Identifier: Apache-2.0
// Records of the journal edited, deleted, moved, put in or cut off: found every time, and the first bad one named.
// Someone who computes all later hashes anew is found by HEAD, and placed by the heads that were exported.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "base/random.hpp"
#include "store/errors.hpp"
#include "store/postgres_fixture.hpp"
#include "store/test_world.hpp"
#include "store/verification.hpp"

namespace gangmu::store::test {
namespace {

constexpr std::int64_t head_every = 10;   ///< a head is exported

struct Tampered {
  std::string how;
  std::int64_t first_bad = 0;
};

class TamperingTest : public OnBothEngines {
 protected:
  World world{GetParam()};
  std::unique_ptr<Database> database;
  std::unique_ptr<Batches> batches;
  std::vector<JournalRow> entries;
  std::vector<Head> exported;   ///< the last one is HEAD

  void SetUp() override {
    world.config.limits.entry_bytes = 4096;
    const auto store = must(world.create());
    load_little_programme(*store);
    for (int i = 0; i < 60; ++i) {
      world.clock.time.micros += 1000;
      Command c = command(
          i % 3 ? "put_task" : "note",
          [i](Tx& tx) -> Result<Json> {
            for (int n = 0; n < (i % 20 == 7 ? 80 : 1); ++n)
              TRY(tasks::put(
                  tx,
                  {tx.home(), "T-" + std::to_string(i % 9 + n), Json("text " + std::to_string(i)), {}, "doing", {}}));
            return Json(i);
          },
          i % 2 ? "key " + std::to_string(i) : "", Json(i));
      c.home = i % 4 ? county : city;
      must(store->write(std::move(c)));
      const auto view = store->view();
      if (view->seq.value % head_every == 0 || i == 59)
        exported.push_back({view->store_id, view->seq, 1, view->head, {}});
    }
    database = must(world.connect());
    batches = batches_of(*database, world.config.folder, world.files);
    must(read_journal(*database, Seq{}, must(last_seq(*database)), [&](const JournalRow& row) -> Status {
      entries.push_back(row);
      return {};
    }));
  }

  void sql(const std::string& text) { must(database->exec(text)); }
  void remove(std::int64_t seq) { sql("DELETE FROM journal WHERE seq = " + std::to_string(seq)); }
  /// The entry as the journal's table has it, whatever its hash.
  void put(const Entry& entry, const Digest& hash) {
    std::string bytes = entry.canonical();
    const Row row{entry.home.value, entry.seq.value,   entry.epoch,      entry.at.micros, entry.act,
                  entry.actor,      entry.request_key, std::move(bytes), hash.text()};
    must(database->write_rows(table::journal, std::span(&row, 1), true));
  }
  JournalRow at(std::int64_t seq) const { return entries[static_cast<std::size_t>(seq) - 1]; }
  /// From here on every hash is computed anew, as one does who understands the chain but has no key.
  void chain_anew(std::vector<Entry> all, std::int64_t from) {
    sql("DELETE FROM journal WHERE seq >= " + std::to_string(from));
    StreamHeads heads = must(stream_heads(*database, Seq{from - 1}));
    std::int64_t seq = from;
    for (Entry& entry : all) {
      entry.seq = Seq{seq++};
      Digest& head = heads.try_emplace(entry.home, first_link()).first->second;
      head = chain(head, entry.canonical());
      put(entry, head);
    }
  }
  std::vector<Entry> from(std::int64_t seq) const {
    std::vector<Entry> out;
    for (std::int64_t s = seq; s <= static_cast<std::int64_t>(entries.size()); ++s) out.push_back(at(s).entry);
    return out;
  }

  Tampered tamper(Random& random) {
    const auto last = static_cast<std::int64_t>(entries.size());
    const std::int64_t n = 2 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(last - 3)));
    Entry entry = at(n).entry;
    switch (random.below(9)) {
      case 0:
        entry.actor = "nobody";
        put(entry, at(n).hash);
        return {"edit", n};
      case 1:
        sql("UPDATE journal SET actor = 'nobody' WHERE seq = " + std::to_string(n));
        return {"edit a column alone", n};
      case 2: {
        entry.at.micros += 1;
        StreamHeads heads = must(stream_heads(*database, Seq{n - 1}));
        const Digest anew = chain(heads.try_emplace(entry.home, first_link()).first->second, entry.canonical());
        put(entry, anew);   // good itself: its stream's next one shows it, or the heads when it is the last
        for (std::int64_t later = n + 1; later <= last; ++later)
          if (at(later).entry.home == entry.home) return {"edit and hash anew", std::min(later, next_head(n))};
        return {"edit the last of its stream and hash anew", next_head(n)};
      }
      case 3: remove(n); return {"delete", n};
      case 4: sql("DELETE FROM journal WHERE seq >= " + std::to_string(n)); return {"truncate", n};
      case 5: {
        const std::int64_t m = n + 1 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(last - n)));
        Entry other = at(m).entry;
        std::swap(entry.seq, other.seq);
        remove(n);
        remove(m);
        put(entry, at(n).hash);
        put(other, at(m).hash);
        return {"move", n};
      }
      case 6: {
        auto later = from(n);
        sql("DELETE FROM journal WHERE seq >= " + std::to_string(n));
        put(
            [&] {
              Entry forged = later.front();
              forged.act = "forged";
              return forged;
            }(),
            digest("a guess"));
        for (Entry& moved : later) {
          const Digest hash = at(moved.seq.value).hash;
          moved.seq = Seq{moved.seq.value + 1};
          put(moved, hash);
        }
        return {"put in", n};
      }
      case 7: {
        auto later = from(n);
        later.erase(later.begin());
        chain_anew(later, n);
        return {"delete and chain anew", -n};
      }
      default: {
        auto later = from(n);
        later.front().actor = "nobody";
        chain_anew(later, n);
        return {"edit and chain anew", -n};
      }
    }
  }

  /// The seq that an attentive reader would name: that of the first bad record; of a chain computed anew, that of the
  /// next head.
  std::int64_t expected(const Tampered& done) const {
    return done.first_bad > 0 ? done.first_bad : next_head(-done.first_bad);
  }
  std::int64_t next_head(std::int64_t seq) const {
    for (const Head& head : exported)
      if (head.seq.value >= seq) return head.seq.value;
    return 0;
  }
};
GANGMU_ON_BOTH_ENGINES(TamperingTest);

TEST_P(TamperingTest, IsFoundEveryTimeAndTheFirstBadRecordIsNamed) {
  must(verify_database(*database, *batches, exported));
  const char* wanted = std::getenv("GANGMU_TAMPERINGS");
  const int trials = wanted ? std::atoi(wanted) : 60;
  Random random(23);
  std::map<std::string, int> kinds;
  for (int trial = 0; trial < trials; ++trial) {
    must(database->begin_write());
    const Tampered done = tamper(random);
    const auto found = verify_database(*database, *batches, exported);
    database->rollback();
    ASSERT_FALSE(found) << "trial " << trial << ": " << done.how;
    ++kinds[done.how];
    const Diagnostic& fault = found.error().first();
    if (done.how == "truncate") {
      EXPECT_TRUE(fault.is(errors::journal_short)) << done.how;
      EXPECT_EQ(fault.arguments.back(), std::to_string(done.first_bad));
    } else if (const std::int64_t seq = expected(done); done.how != "delete and chain anew") {
      EXPECT_EQ(fault.arguments.front(), std::to_string(seq)) << done.how << ": " << found.error().text(Language::en);
    }
  }
  EXPECT_GE(kinds.size(), 8u);
  std::printf("tampering on %s: %d of %d found, in %zu kinds; the first bad record named\n",
              GetParam() == Engine::sqlite ? "sqlite" : "postgres", trials, trials, kinds.size());
}

TEST_P(TamperingTest, AHeadFromElsewhereShowsWhoHasEvenTheKey) {
  must(database->begin_write());
  auto later = from(31);
  later.front().actor = "nobody";
  chain_anew(later, 31);
  const Seq last = must(last_seq(*database));
  const Head own{
      exported.back().store, last, 1, store_head(1, must(stream_heads(*database, last))), {}};   // HEAD, sealed anew
  Line line;
  EXPECT_TRUE(verify_journal(*database, Seq{}, last, line)) << "the chain itself is sound";
  const auto found = verify_database(*database, *batches, {exported[2], exported[3], own});   // at 30 and at 40
  database->rollback();
  ASSERT_FALSE(found);
  EXPECT_TRUE(found.error().is(errors::head_differs));
  EXPECT_EQ(found.error().first().arguments.front(), "40");
}

TEST(KnownHead, IsReadBackAsWritten) {
  const Head head{"ab12", Seq{812}, 2, digest("x"), {}};
  const std::string text = head_text(head, Instant{1'700'000'000'000'000});
  EXPECT_EQ(must(parse_head(text)), head);
  EXPECT_TRUE(text.starts_with(R"({"at":"2023-11-15T06:13:20+08:00","digest":"sha256:)")) << text;
  for (const char* bad : {"", "{}", "[]", R"({"digest":"sha256:00","epoch":1,"seq":1})"})
    EXPECT_TRUE(parse_head(bad).error().is(errors::head_malformed)) << bad;
}

}   // namespace
}   // namespace gangmu::store::test
