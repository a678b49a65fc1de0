// SPDX-License-Identifier: Apache-2.0
// Records in the tables: what is applied from events is what was decided; keys, ways back and contributions agree with
// a scan of all documents; any earlier moment can be read; the journal alone gives the same on either engine, without a
// kind at hand.
#include <gtest/gtest.h>

#include <map>

#include "base/random.hpp"
#include "record/decide.hpp"
#include "record/query.hpp"
#include "record/ways_out.hpp"
#include "store/backup.hpp"
#include "store/errors.hpp"
#include "store/postgres_fixture.hpp"
#include "store/records.hpp"
#include "store/test_world.hpp"
#include "store/verification.hpp"

namespace gangmu::store::test {
namespace {

constexpr std::string_view thing = R"json({"id":"thing",
  "is":{"zh":"物","home":"county","key":["code"],"title":["name"],"number":"W{yyyy}-{n:2}"},
  "fields":[{"id":"name","no":1,"type":"text"},{"id":"code","no":2,"type":"code"},
            {"id":"place","no":3,"type":"place"},{"id":"amount","no":4,"type":"money"},
            {"id":"day","no":5,"type":"date"},{"id":"part_of","no":6,"type":"ref","to":"thing"},
            {"id":"twice","no":7,"type":"money","=":"amount * 2"}],
  "tallies":[{"to":"A","measure":"sum(amount)","date":"day"}]})json";

void publish_things(Store& store) {
  must(store.write(command("kinds", [](Tx& tx) -> Result<Json> {
    TRY(definitions::publish(tx, "kind", "thing", must(Date::parse("2020-01-01")), must(Json::parse(thing))));
    return Json();
  })));
}

class History {
 public:
  History(Store& store, std::uint64_t seed) : store_(store), random_(seed) {}

  std::map<std::int64_t, Json> now;                                    ///< documents by number
  std::vector<std::pair<Seq, std::map<std::int64_t, Json>>> earlier;   ///< after each entry

  void step() {
    const auto catalogue = store_.view()->records.catalogue;
    const record::Kind& kind = *catalogue->find("thing");
    const bool fresh = now.empty() || random_.chance(0.3);
    const std::int64_t number =
        fresh ? static_cast<std::int64_t>(now.size()) + 1 : random_.between(1, static_cast<std::int64_t>(now.size()));
    const record::RecordId id{county, "thing", number};
    record::Asked asked{.step = fresh ? "create" : "edit", .typed = some(kind), .reason = {}, .base = {}, .no = {}};
    if (fresh) asked.no = "W2023-" + std::to_string(number);
    const record::Lookup nobody;
    const record::Actor actor{};
    const Calendar calendar;
    const record::World world{Instant{1'700'000'000'000'000}, *catalogue, calendar, actor, nobody, {}};
    record::Record before;
    if (!fresh) before = must(record::record_of(kind, id, now[number]));
    const bool out = !fresh && (before.voided || random_.chance(0.15));
    auto event = !out            ? record::decide(kind, fresh ? nullptr : &before, id, asked, world)
                 : before.voided ? record::restored(kind, before, "误作废", world)
                                 : record::voided(kind, before, "误录", world);
    ASSERT_TRUE(event) << event.error().text(Language::en);
    if (event->empty()) return;
    const Json next = record::applied(fresh ? Json() : now[number], *event);
    const std::string key = next["k"]["key"].string_or("");
    bool taken = false;
    for (const auto& [other, document] : now)
      taken |= other != number && !key.empty() && document["k"]["key"].string_or("") == key;
    const auto written = store_.write(command("record", [&](Tx& tx) -> Result<Json> {
      TRY(records::append(tx, id, *event));
      return Json();
    }));
    ASSERT_EQ(written.has_value(), !taken) << "a key stands once";
    if (taken) return;
    now[number] = next;
    earlier.emplace_back(written->seq, now);
  }

 private:
  record::Values some(const record::Kind& kind) {
    record::Values out;
    const auto put = [&](const char* field, record::Value value) {
      if (random_.chance(0.6)) out[kind.field(field)->id] = std::move(value);
    };
    put("name", record::Value("物" + std::to_string(random_.below(9))));
    put("code", record::Value("C" + std::to_string(random_.below(12))));
    put("place", record::Value(PlaceId{random_.between(3, 5)}));
    put("amount", random_.chance(0.2) ? record::Value(record::Gap::missing)
                                      : record::Value(Decimal(random_.between(-500, 9'999), 2)));
    put("day", record::Value(*Date::parse("2023-0" + std::to_string(random_.between(1, 9)) + "-15")));
    if (!now.empty())
      put("part_of",
          record::Value(record::RecordId{county, "thing", random_.between(1, static_cast<std::int64_t>(now.size()))}));
    return out;
  }

  Store& store_;
  Random random_;
};

/// Documents without the seq that reading adds.
Json bare(std::optional<Json> document) {
  if (!document) return {};
  document->object()->erase("seq");
  return *std::move(document);
}

using RecordsTest = OnBothEngines;
GANGMU_ON_BOTH_ENGINES(RecordsTest);

TEST_P(RecordsTest, RandomHistoriesAgreeWithASlowOracleAtEveryEntry) {
  World world(GetParam());
  world.config.limits.entry_bytes = 64 * 1024;
  auto store = must(world.create());
  load_little_programme(*store);
  publish_things(*store);
  History history(*store, 11);
  for (int i = 0; i < 120; ++i) {
    ASSERT_NO_FATAL_FAILURE(history.step());
    const auto view = store->view();
    const record::Columns& columns = *view->records.find("thing");
    const auto listed =
        std::ranges::count_if(history.now, [](const auto& one) { return one.second["void"].is_null(); });
    ASSERT_EQ(columns.size(), static_cast<std::size_t>(listed)) << "what is void stands in no list";
  }
  const auto database = must(world.connect());
  for (const auto& [seq, documents] : history.earlier)
    for (const auto& [number, document] : history.now) {
      const record::RecordId id{county, "thing", number};
      const auto known = documents.find(number);
      EXPECT_EQ(bare(must(records::document(*database, id, seq))).canonical(),
                (known == documents.end() ? Json() : known->second).canonical())
          << number << " as of " << seq.value;
    }

  std::map<std::pair<std::int64_t, std::string>, Decimal> scanned;   // by place and day
  for (const auto& [number, document] : history.now) {
    const record::RecordId id{county, "thing", number};
    if (const auto* key = document["k"]["key"].string()) {
      EXPECT_EQ(must(records::holder(*database, county, "thing", "key", *key)), std::optional(id));
    }
    EXPECT_EQ(must(records::holder(*database, county, "thing", "void", std::to_string(number))),
              document["void"].is_null() ? std::nullopt : std::optional(id));
    const auto* refers = document["x"]["6"].array();
    const std::string to = refers ? refers->front().string_or("") : "";
    if (!to.empty()) {
      const auto back =
          must(records::referring(*database, must(record::RecordId::parse(to)), "thing", record::FieldId{6}));
      EXPECT_TRUE(std::ranges::find(back, id) != back.end()) << id.text() << " → " << to;
    }
    const Json& f = document["f"];
    if (document["void"].integer() || !f["4"].string() || !f["3"].integer() || !f["5"].string()) continue;
    Decimal& sum = scanned[{f["3"].integer_or(0), Period::of_day(must(Date::parse(f["5"].string_or("")))).text()}];
    sum = must(Decimal::add(sum, must(Decimal::parse(f["4"].string_or("")))));
  }
  for (std::int64_t place = 3; place <= 5; ++place)
    for (int month = 1; month <= 9; ++month) {
      const std::string day = "20230" + std::to_string(month) + "15";
      Decimal sum;
      for (const Tallied& one : must(records::tallied(*database, county, "A", PlaceId{place}, day, Seq{INT64_MAX})))
        sum = must(Decimal::add(sum, one.value));
      EXPECT_EQ(sum, (scanned[{place, day}])) << place << " " << day;
    }

  const std::string shown = picture(*store->view());
  must(store->verify());
  for (const Engine engine : {Engine::sqlite, Engine::postgres}) {
    const auto target = must(engine == Engine::sqlite ? open_sqlite_memory() : open_postgres(fresh_postgres_schema()));
    must(create_tables(*target));
    must(replay(*database, *target, *batches_of(*database, world.config.folder, world.files)));
    EXPECT_EQ(must(table_digests(*target)), must(table_digests(*database)));
  }
  store.reset();
  store = must(world.open());
  EXPECT_EQ(picture(*store->view()), shown) << "moved along = built anew";
}

TEST_P(RecordsTest, AViewOfBeforeIsNotMoved) {
  World world(GetParam());
  auto store = must(world.create());
  load_little_programme(*store);
  publish_things(*store);
  History history(*store, 5);
  for (int i = 0; i < 10; ++i) history.step();
  const auto view = store->view();
  const std::string before = picture(*view);
  for (int i = 0; i < 30; ++i) history.step();
  EXPECT_EQ(picture(*view), before);
}

}   // namespace
}   // namespace gangmu::store::test
