// SPDX-License-Identifier: Apache-2.0
// A small world for the tests of the use cases: a real store in a folder of its own, a city of two counties and three
// towns, a clock one sets, and calls made as http makes them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/picture.hpp"
#include "app/records/kinds.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "sheet/workbook.hpp"
#include "sheet/xlsx_writer.hpp"
#include "store/store.hpp"

namespace gangmu::app::test {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text(Language::en));
  return *std::move(result);
}
inline void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().text(Language::en));
}

class SetClock final : public Clock {
 public:
  Instant time = must(Instant::parse("2023-06-14T09:30:00+08:00"));   // a Wednesday
  std::function<void()> on_look;   ///< what happens at that moment, for tests of races
  [[nodiscard]] Instant now() const override {
    if (on_look) on_look();
    return time;
  }
  void set(const std::string& day) { time = must(Instant::parse(day + "T09:30:00+08:00")); }
};

class SeededSecrets final : public SecretSource {
 public:
  std::string bytes(std::size_t n) override {
    std::string out;
    while (out.size() < n) out += static_cast<char>(random_.next());
    return out;
  }

 private:
  Random random_{7};
};

class OwnFolder {
 public:
  OwnFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "gangmu-app-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~OwnFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// An answer with its body read.
struct Told {
  Reply reply;
  Json json;
  [[nodiscard]] const Json& operator[](std::string_view key) const { return json[key]; }
};

class World {
 public:
  /// `connection`: of a PostgreSQL to keep the store in.
  explicit World(bool synthetic = false, std::string connection = {}) : connection_(std::move(connection)) {
    auto store = must(store::Store::create(config(), surroundings()));
    load(*store, synthetic);
    serve(std::move(store));
  }
  /// The program ends and starts again: what was in memory only is gone.
  void restart() {
    service_.reset();
    serve(must(store::Store::open(config(), surroundings())));
  }

  Service& service() { return *service_; }
  store::Store& store() { return *must(service_->store("example")); }
  [[nodiscard]] store::Config config() const {
    store::Config out;
    out.folder = folder.path() / "data";
    out.key_folder = folder.path() / "keys";
    out.own_thread = false;
    if (!connection_.empty()) out.engine = store::Engine::postgres;
    out.connection = connection_;
    return out;
  }

  /// A call as http would make it; writes get a fresh request key.
  Call call(std::string id = {}, std::string body = {}) {
    Call out;
    out.actor = Actor::local();
    out.programme = "example";
    out.id = std::move(id);
    out.body = std::move(body);
    out.request_key = "key-" + std::to_string(++calls_);
    return out;
  }

  OwnFolder folder;
  Limits limits;   ///< those of the next start
  SetClock clock;
  SeededSecrets secrets;
  store::SystemFiles files;
  SerialExecutor executor;

 private:
  std::string connection_;
  store::Surroundings surroundings() {
    const auto no_indicators = [](const Definition& of) -> Result<fact::Indicator> {
      fact::Indicator out;
      out.code = IndicatorCode{of.id};
      return out;
    };
    return {clock, secrets, files, executor, no_indicators, kinds_of};
  }
  void serve(std::unique_ptr<store::Store> store) {
    service_.emplace(System{clock, secrets, executor}, limits);
    must(service_->add(std::move(store)));
  }
  static void load(store::Store& store, bool synthetic) {
    struct Row {
      std::int64_t id, parent, home;
      place::Level level;
      const char *code, *zh;
    };
    static constexpr Row rows[] = {{1, 0, 1, place::Level::city, "990100000000", "示例市"},
                                   {2, 1, 2, place::Level::county, "990101000000", "甲县"},
                                   {3, 2, 2, place::Level::town, "990101101000", "甲01镇"},
                                   {4, 2, 2, place::Level::town, "990101102000", "桥头镇"},
                                   {5, 1, 5, place::Level::county, "990102000000", "乙县"},
                                   {6, 5, 5, place::Level::town, "990102101000", "桥头镇"}};
    const auto run = [&](store::Tx& tx) -> Result<Json> {
      for (const Row& r : rows) {
        store::PlaceRow row{.home = PlaceId{r.home}, .place = {}, .valid_to = {}, .attributes = {}, .seq = {}};
        row.place.id = PlaceId{r.id};
        row.place.parent = PlaceId{r.parent};
        row.place.level = r.level;
        row.place.code = r.code;
        row.place.name_zh = row.place.name_en = r.zh;
        row.place.valid_from = must(Date::parse("2020-01-01"));
        TRY(store::places::put(tx, row));
      }
      Json body;
      body.set("name_zh", "示例市百千万工程");
      body.set("root", "990100000000");
      body.set("focus", "990100000000");
      body.set("synthetic", synthetic);
      TRY(store::definitions::publish(tx, "programme", "example", must(Date::parse("2023-01-01")), body));
      return Json("loaded");
    };
    must(store.write(
        {.home = PlaceId{1}, .actor = "loader", .act = "load", .request_key = {}, .command = Json(), .run = run}));
  }

  std::optional<Service> service_;
  int calls_ = 0;
};

/// The answer, or the reason as an exception.
inline Told told(Result<Reply> reply) {
  Told out{must(std::move(reply)), {}};
  if (out.reply.content_type == "application/json") out.json = must(Json::parse(out.reply.body));
  return out;
}

/// A ledger as an office sends it: title, head, rows of "|"-separated cells.
inline Worksheet ledger_sheet(const std::string& name, const std::string& title,
                              const std::vector<std::string>& lines) {
  Worksheet sheet;
  sheet.name = name;
  sheet.rows.push_back({RowRole::title, {WorksheetCell(title)}});
  for (const std::string& line : lines) {
    WorksheetRow row{sheet.rows.size() == 1 ? RowRole::header : RowRole::body, {}};
    std::string cell;
    for (const char c : line + "|") {
      if (c != '|') {
        cell += c;
        continue;
      }
      row.cells.push_back(cell.empty() ? WorksheetCell() : WorksheetCell(cell));
      cell.clear();
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}
inline std::string ledger(const std::string& title, const std::vector<std::string>& lines) {
  return must(sheet::write_xlsx({ledger_sheet("任务台账", title, lines)}, {}));
}

/// Texts of a sheet, one line a row, cells joined by '|'.
inline std::vector<std::string> lines_of(const std::string& xlsx, std::size_t sheet = 0) {
  const auto book = must(sheet::read_workbook(xlsx, "出.xlsx"));
  std::vector<std::string> out;
  for (const auto& row : book.sheets.at(sheet).rows) {
    std::string line;
    for (const GridCell& cell : row)
      line += (line.empty() && &cell == &row.front() ? "" : "|") + (cell.merged_copy ? "" : cell.text);
    out.push_back(std::move(line));
  }
  return out;
}

}   // namespace gangmu::app::test
