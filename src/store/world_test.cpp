// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <stdexcept>

#include "record/programme.hpp"
#include "record/query.hpp"
#include "store/postgres_fixture.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {

TestFolder::TestFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "gangmu-test-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Result<fact::Indicator> indicator_of(const Definition& definition) {
  fact::Indicator out;
  out.code = IndicatorCode{definition.id};
  out.version = definition.version;
  out.decimals = static_cast<int>(definition.body["decimals"].integer_or(0));
  out.unit_zh = definition.body["unit"].string_or("");
  out.aggregation = fact::Aggregation::sum;
  out.entry_level = place::Level::village;
  out.levels = {place::Level::city, place::Level::county, place::Level::town, place::Level::village};
  return out;
}

Result<std::shared_ptr<const record::Catalogue>> kinds_of(const Definitions& definitions) {
  record::Declared declared;
  for (const auto* one : definitions.list("kind")) declared.kinds.push_back(one);
  if (declared.kinds.empty()) return std::shared_ptr<const record::Catalogue>();
  record::Around around;
  around.indicators = {"A"};
  return record::catalogue_of(declared, std::move(around));
}

Json indicator_body(int decimals, std::string_view unit) {
  Json body;
  body.set("decimals", decimals);
  body.set("unit", unit);
  return body;
}

World::World(Engine engine, std::uint64_t seed) : secrets(seed) {
  config.folder = folder.path() / "data";
  config.key_folder = folder.path() / "keys";
  config.engine = engine;
  config.own_thread = false;
  if (engine == Engine::postgres) config.connection = fresh_postgres_schema();
}

Result<std::unique_ptr<Database>> World::connect() const {
  return config.engine == Engine::sqlite ? open_sqlite(config.folder / "gangmu.db") : open_postgres(config.connection);
}

std::unique_ptr<Store> must(Result<std::unique_ptr<Store>> store) {
  if (!store) throw std::runtime_error(store.error().text(Language::en));
  return *std::move(store);
}

Command command(std::string act, std::function<Result<Json>(Tx&)> run, std::string request_key, Json body) {
  return {.home = county,
          .actor = "clerk",
          .act = std::move(act),
          .request_key = std::move(request_key),
          .command = std::move(body),
          .run = std::move(run)};
}

fact::Observation figure(std::int64_t place, std::string_view indicator, std::string_view period,
                         std::string_view source, std::string_view cell) {
  fact::Observation o;
  o.place = PlaceId{place};
  o.indicator = IndicatorCode{std::string(indicator)};
  o.period = must(Period::parse(period));
  o.source = SourceId{std::string(source)};
  o.value = must(fact::CellValue::parse(cell, indicator == "B" ? 0 : 2));
  return o;
}

Command observe(fact::Observation observation, Precedence precedence, std::string request_key) {
  Json body;
  body.set("place", observation.place.value);
  body.set("units", observation.value.units);
  return command(
      "observe",
      [observation, precedence](Tx& tx) -> Result<Json> {
        TRY(observations::append(tx, county, observation, precedence));
        return Json(tx.seq().value);
      },
      std::move(request_key), std::move(body));
}

void load_little_programme(Store& store) {
  const auto load = [](Tx& tx) -> Result<Json> {
    const struct {
      std::int64_t id, parent, home;
      place::Level level;
      const char* code;
      const char* name;
    } rows[] = {{1, 0, 1, place::Level::city, "990100000000", "示例市"},
                {2, 1, 2, place::Level::county, "990101000000", "甲县"},
                {3, 2, 2, place::Level::town, "990101101000", "甲01镇"},
                {4, 3, 2, place::Level::village, "990101101001", "甲01镇01村"},
                {5, 3, 2, place::Level::village, "990101101002", "甲01镇02村"}};
    for (const auto& r : rows) {
      PlaceRow row{.home = PlaceId{r.home}, .place = {}, .valid_to = {}, .attributes = {}, .seq = {}};
      row.place.id = PlaceId{r.id};
      row.place.parent = PlaceId{r.parent};
      row.place.level = r.level;
      row.place.code = r.code;
      row.place.name_zh = r.name;
      row.place.valid_from = must(Date::parse("2020-01-01"));
      TRY(places::put(tx, row));
    }
    TRY(definitions::publish(tx, "indicator", "A", must(Date::parse("2020-01-01")), indicator_body(2)));
    TRY(definitions::publish(tx, "indicator", "B", must(Date::parse("2020-01-01")), indicator_body(0, "人")));
    return Json("loaded");
  };
  Command c = command("load", load);
  c.home = city;
  must(store.write(std::move(c)));
}

std::string figures(const View& view) {
  std::string out;
  for (fact::IndicatorIndex i = 0; i < view.cube->indicators().size(); ++i)
    for (place::NodeIndex node = 0; node < view.tree->size(); ++node)
      for (const auto& [period, f] : view.cube->series(node, i)) {
        out += view.cube->indicators()[i].code.value + " " + std::to_string((*view.tree)[node].id.value) + " " +
               period.text() + ":";
        if (f.entered())
          out += " " + f.cell->value.text(2) + " " + std::string(view.source_of(*f.cell)) + " #" +
                 std::to_string(f.cell->seq.value);
        out += " = " + std::to_string(f.rollup.units) + " of " + std::to_string(f.rollup.reported) + "/" +
               std::to_string(f.rollup.expected) + "\n";
      }
  return out;
}

std::string picture(const View& view) {
  std::string out = "seq " + std::to_string(view.seq.value) + " " + view.head.text() + "\n";
  for (const std::string& kind : view.definitions->kinds())
    for (const std::string& id : view.definitions->ids(kind))
      for (const auto& d : view.definitions->versions(kind, id))
        out += kind + " " + id + "@" + std::to_string(d->version) + (d->retired ? " retired " : " ") +
               d->body.canonical() + "\n";
  for (const PlaceRow& row : *view.places)
    out += row.place.code + " " + row.place.name_zh + " #" + std::to_string(row.seq.value) + "\n";
  out += figures(view);
  view.tasks.for_each([&](const Task& t) {
    out += "task " + t.id + " " + t.state + " " + t.body.canonical() + " #" + std::to_string(t.seq.value) + "\n";
  });
  view.imports.for_each([&](const ImportBatch& b) { out += "import " + b.id + " " + b.state + "\n"; });
  view.assessments.for_each(
      [&](const AssessmentRecord& a) { out += "assessment " + a.id + " " + a.digest.text() + "\n"; });
  view.accounts.for_each([&](const Account& a) {
    out += "account " + a.id + " " + a.login + " " + a.state + " " + a.body.canonical() + "\n";
  });
  view.sessions.for_each([&](const Session& s) { out += "session " + s.id + " " + s.account + "\n"; });
  for (const auto& [kind, columns] : view.records.kinds) {
    out += "register " + kind + " " + std::to_string(columns->size()) + "\n";
    record::for_each(*columns, {.everything = true}, {}, [&](const record::RowAt& row, const record::RecordId& id) {
      const record::Chunk& chunk = row.chunk;
      out += id.text() + " #" + std::to_string(chunk.seq[row.row]) + " " + std::to_string(chunk.node[row.row]) + " " +
             std::to_string(chunk.due[row.row]);
      for (const auto& numbers : chunk.numbers) out += " " + std::to_string(numbers[row.row]);
      for (const auto& texts : chunk.texts) out += " '" + std::string(texts.at(row.row)) + "'";
      out += "\n";
    });
  }
  return out;
}

}   // namespace gangmu::store::test
