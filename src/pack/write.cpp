// SPDX-License-Identifier: Apache-2.0
// A pack as canonical files: rows in key order, columns in declared order and only those that hold something (required
// ones always), LF. Equal packs give equal bytes. What a file can't hold is an error, never left out silently.
#include <algorithm>

#include "pack/errors.hpp"
#include "pack/layout.hpp"
#include "pack/pack.hpp"
#include "pack/records.hpp"
#include "pack/yaml.hpp"
#include "record/body.hpp"
#include "sheet/csv.hpp"

namespace gangmu::pack {
namespace {

using Cells = std::vector<std::string>;

/// Rows by the columns of a layout, written without the columns that are empty throughout.
class Table {
 public:
  explicit Table(const FileLayout& layout) : layout_(layout) {}
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  void add(Cells row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] std::string text() const {
    std::vector<std::size_t> used;
    for (std::size_t c = 0; c < layout_.columns.size(); ++c)
      if (layout_.columns[c].required || std::ranges::any_of(rows_, [&](const Cells& row) { return !row[c].empty(); }))
        used.push_back(c);
    std::string out;
    const auto line = [&](const auto& cell) {
      for (std::size_t i = 0; i < used.size(); ++i) {
        if (i > 0) out += ',';
        sheet::append_csv_field(out, cell(used[i]));
      }
      out += '\n';
    };
    line([&](std::size_t c) { return layout_.columns[c].name; });
    for (const Cells& row : rows_) line([&](std::size_t c) { return std::string_view(row[c]); });
    return out;
  }

 private:
  const FileLayout& layout_;
  std::vector<Cells> rows_;
};

std::string cell_text(const Json& value) {
  if (const auto* s = value.string()) return *s;
  if (const auto* list = value.array()) {
    std::string out;
    for (const Json& item : *list) out += (out.empty() ? "" : "|") + cell_text(item);
    return out;
  }
  return value.is_null() ? "" : value.canonical();
}

std::string file_of(const FileLayout& layout, const std::string& stem) {
  std::string path(layout.path);
  if (const auto star = path.find('*'); star != std::string::npos) path.replace(star, 1, stem);
  return path;
}

/// Order of keys in schemes: identity first, children last.
const std::vector<std::string>& scheme_order() {
  static const std::vector<std::string> order = {"scheme",
                                                 "id",
                                                 "version",
                                                 "indicator",
                                                 "name_zh",
                                                 "name_en",
                                                 "approval",
                                                 "unit_level",
                                                 "score_decimals",
                                                 "classes",
                                                 "min_class_size",
                                                 "peer_fallback",
                                                 "weight",
                                                 "fn",
                                                 "base",
                                                 "lo",
                                                 "hi",
                                                 "tree",
                                                 "adjustments",
                                                 "red_lines",
                                                 "grades",
                                                 "tie_break",
                                                 "aggregation",
                                                 "missing",
                                                 "data_threshold",
                                                 "when",
                                                 "max_grade",
                                                 "min",
                                                 "best_share",
                                                 "at_least",
                                                 "children"};
  return order;
}

/// Order of keys in roles.yaml.
const std::vector<std::string>& role_order() {
  static const std::vector<std::string> order = {"id",  "roles",      "duty",  "name_zh", "name_en",
                                                 "may", "permission", "reach", "states",  "any_line"};
  return order;
}

/// Order of keys in kinds and flows; what stands for a map of names keeps the order it was written in.
const std::vector<std::string>& kind_order() {
  static const std::vector<std::string> order = {
      "id",    "is",       "start",   "fields", "states", "steps", "clocks",  "tallies", "rights", "views", "no",
      "type",  "state",    "zh",      "en",     "was",    "since", "version", "home",    "number", "title", "flow",
      "enter", "import",   "from",    "to",     "by",     "when",  "need",    "set",     "edit",   "stop",  "budget",
      "until", "every",    "n",       "unit",   "at",     "fire",  "notify",  "list",    "many",   "max",   "min",
      "show",  "decimals", "inverse", "level",  "kind",   "key",   "of",      "=",       "take",   "check", "measure",
      "date",  "place",    "where",   "read",   "public", "unseal"};
  return order;
}

class Writer {
 public:
  explicit Writer(const Pack& pack) : pack_(pack) {
    if (const auto from = Date::parse(pack.programme["valid_from"].string_or(""))) default_from_ = *from;
  }

  Result<Files> write() {
    write_programme();
    write_places();
    for (const FileLayout& layout : layouts()) write_definitions(layout);
    write_figures();
    write_tasks();
    write_records();
    for (const Definition& d : pack_.definitions)
      if (!layout_of_kind(d.kind)) refuse(d.kind + "/" + d.id, "没有这类文件 / no such file");
    if (!faults_.empty()) return fail(std::move(faults_));
    return std::move(files_);
  }

 private:
  void refuse(std::string object, std::string why) {
    faults_.push_back({&errors::not_writable, {std::move(object), std::move(why)}, {}});
  }

  [[nodiscard]] std::string date_text(Date date) const { return date == default_from_ ? "" : date.text(); }
  [[nodiscard]] const std::string& code_of(PlaceId id) const {
    return pack_.places[static_cast<std::size_t>(id.value - 1)].code;
  }

  /// The code a place bore on a day.
  [[nodiscard]] const std::string& code_on(PlaceId id, Date day) const {
    const std::string* code = nullptr;
    for (const EarlierPlace& earlier : pack_.earlier)
      if (earlier.place.id == id && (!code || earlier.place.valid_from <= day)) code = &earlier.place.code;
    const place::Place& last = pack_.places[static_cast<std::size_t>(id.value - 1)];
    return !code || last.valid_from <= day ? last.code : *code;
  }

  void write_programme() {
    std::vector<std::string> order;
    for (const Column& column : layout_of("programme.yaml")->columns) order.emplace_back(column.name);
    files_["programme.yaml"] = write_yaml(pack_.programme, order);
  }

  [[nodiscard]] Cells place_row(const FileLayout& layout, const place::Place& p, std::optional<Date> valid_to,
                                const Json& rest, const std::string& before) const {
    Cells row;
    for (const Column& column : layout.columns) {
      const std::string_view n = column.name;
      row.push_back(n == "code"         ? p.code
                    : n == "name_zh"    ? p.name_zh
                    : n == "name_en"    ? p.name_en
                    : n == "level"      ? std::string(place::level_name(p.level))
                    : n == "kind"       ? p.kind
                    : n == "parent"     ? (p.parent ? code_on(p.parent, p.valid_from) : "")
                    : n == "functional" ? (p.functional ? "true" : "")
                    : n == "pinyin"     ? p.pinyin
                    : n == "initials"   ? p.initials
                    : n == "valid_from" ? date_text(p.valid_from)
                    : n == "valid_to"   ? (valid_to ? valid_to->text() : "")
                    : n == "was"        ? (before == p.code ? "" : before)
                                        : cell_text(rest[n]));
    }
    return row;
  }

  void write_places() {
    const FileLayout& layout = *layout_of("places.csv");
    Table table(layout);
    for (const place::Place& p : pack_.places) {
      std::string before;   // code of the version before
      for (const EarlierPlace& earlier : pack_.earlier) {
        if (earlier.place.id != p.id) continue;
        table.add(place_row(layout, earlier.place, earlier.valid_to, earlier.attributes, before));
        before = earlier.place.code;
      }
      const auto rest = pack_.attributes.find(p.id);
      const auto ended = pack_.ended.find(p.id);
      table.add(place_row(layout, p, ended == pack_.ended.end() ? std::nullopt : std::optional(ended->second),
                          rest == pack_.attributes.end() ? Json() : rest->second, before));
    }
    files_["places.csv"] = table.text();
  }

  Cells row_of(const FileLayout& layout, const std::string& object, const Json& body) {
    Cells row;
    std::size_t held = 0;
    for (const Column& column : layout.columns) {
      row.push_back(cell_text(body[column.name]));
      if (!body[column.name].is_null()) ++held;
    }
    if (body.object() && held != body.object()->size())
      refuse(object, "有表中没有的字段 / it has fields the file does not have");
    return row;
  }

  void write_definitions(const FileLayout& layout) {
    if (layout.form == FileForm::rows) write_rows(layout);
    for (const Definition* d : latest(layout.kind)) {
      if (layout.form == FileForm::document)
        files_[file_of(layout, d->id)] = write_yaml(d->body, layout.kind == "roles" ? role_order() : scheme_order());
      if (layout.form == FileForm::named)
        files_[file_of(layout, d->id)] = write_yaml(d->body, kind_order(), record::named_lists());
      if (layout.form == FileForm::table || layout.form == FileForm::list) {
        Table table(layout);
        if (const auto* rows = d->body[layout.form == FileForm::table ? "days" : "rows"].array())
          for (const Json& row : *rows) table.add(row_of(layout, d->kind + "/" + d->id, row));
        files_[file_of(layout, d->id)] = table.text();
      }
    }
  }

  /// The latest version of each id of a kind that is not retired.
  [[nodiscard]] std::vector<const Definition*> latest(std::string_view kind) const {
    std::vector<const Definition*> out;
    for (const Definition* d : pack_.of_kind(kind)) {
      if (!out.empty() && out.back()->id == d->id) out.pop_back();
      out.push_back(d);
    }
    std::erase_if(out, [](const Definition* d) { return d->retired; });
    return out;
  }

  void write_rows(const FileLayout& layout) {
    Table table(layout);
    const auto all = pack_.of_kind(layout.kind);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Definition& d = *all[i];
      const Definition* next = i + 1 < all.size() && all[i + 1]->id == d.id ? all[i + 1] : nullptr;
      const bool replaced = next && !next->retired && (!layout.versioned() || next->valid_from == d.valid_from);
      if (d.retired || replaced) continue;
      const bool ends = next && next->retired;
      if (ends && !layout.column("valid_to")) continue;
      Cells row = row_of(layout, d.kind + "/" + d.id, d.body);
      for (std::size_t c = 0; c < layout.columns.size(); ++c) {
        if (layout.columns[c].name == "valid_from") row[c] = date_text(d.valid_from);
        if (layout.columns[c].name == "valid_to" && ends) row[c] = next->valid_from.plus_days(-1).text();
      }
      table.add(std::move(row));
    }
    if (!table.empty()) files_[std::string(layout.path)] = table.text();
  }

  struct Known {
    std::vector<std::pair<Date, int>> versions;   ///< valid_from, version
    std::map<int, int> decimals;                  ///< version → decimals
    [[nodiscard]] int version_on(const Period& period) const {
      int at = versions.front().second;
      for (const auto& [from, version] : versions)
        if (from <= period.first()) at = version;
      return at;
    }
  };

  void write_figures() {
    if (pack_.observations.empty()) return;
    std::map<std::string, Known, std::less<>> indicators;
    for (const Definition* d : pack_.of_kind("indicator")) {
      if (d->retired) continue;
      indicators[d->id].versions.emplace_back(d->valid_from, d->version);
      indicators[d->id].decimals[d->version] = static_cast<int>(d->body["decimals"].integer_or(0));
    }
    std::map<std::string, std::string, std::less<>> grades;
    for (const Definition* d : latest("source")) grades[d->id] = d->body["grade"].string_or("");
    const FileLayout& layout = *layout_of("observations.csv");
    Table table(layout);
    const fact::Observation* before = nullptr;
    int revision = 1;
    for (const fact::Observation& o : pack_.observations) {
      const auto known = indicators.find(o.indicator.value);
      if (known == indicators.end() || !known->second.decimals.contains(o.version)) {
        refuse("observation/" + o.indicator.value, "没有这个指标或口径 / no such indicator or version");
        continue;
      }
      const bool same = before && before->place == o.place && before->indicator == o.indicator &&
                        before->period == o.period && before->source == o.source;
      revision = same ? revision + 1 : 1;
      before = &o;
      static constexpr std::string_view status[] = {"preliminary", "revised", ""};
      const std::string grade(1, static_cast<char>('A' + static_cast<int>(o.grade)));
      table.add({code_of(o.place), o.indicator.value, o.period.text(),
                 o.value.text(known->second.decimals.at(o.version)), "", o.source.value,
                 std::string(status[static_cast<int>(o.status)]), grades[o.source.value] == grade ? "" : grade,
                 revision == 1 ? "" : std::to_string(revision),
                 o.version == known->second.version_on(o.period) ? "" : std::to_string(o.version), o.note});
    }
    files_["observations.csv"] = table.text();
  }

  void write_tasks() {
    if (pack_.tasks.empty()) return;
    const FileLayout& layout = *layout_of("plan/tasks.csv");
    Table table(layout);
    for (const Json& task : pack_.tasks) table.add(row_of(layout, "task/" + task["id"].string_or(""), task));
    files_[std::string(layout.path)] = table.text();
  }

  void write_records() {
    if (pack_.records.empty()) return;
    const auto kinds = pack_.catalogue();
    if (!kinds) {
      faults_.insert(faults_.end(), kinds.error().all().begin(), kinds.error().all().end());
      return;
    }
    for (const auto& [id, rows] : pack_.records) {
      const record::Kind* kind = (*kinds)->find(id);
      if (!kind) {
        refuse("record/" + id, "没有这种台账 / no such kind");
        continue;
      }
      const RecordColumns columns(*kind);
      Table table(columns.layout);
      for (const Json& row : rows) {
        Json plain = row;
        for (const record::Field& field : kind->fields())
          if (field.type == record::Type::rows) plain.object()->erase(field.name);
        table.add(row_of(columns.layout, "record/" + id, plain));
      }
      if (!table.empty()) files_["records/" + id + ".csv"] = table.text();
      for (const record::Field& field : kind->fields())
        if (field.type == record::Type::rows) write_child_rows(id, field, rows);
    }
  }

  void write_child_rows(const std::string& kind, const record::Field& field, const std::vector<Json>& records) {
    const RecordColumns columns(field);
    Table table(columns.layout);
    for (const Json& record : records) {
      const auto* rows = record[field.name].array();
      for (std::size_t i = 0; rows && i < rows->size(); ++i) {
        Json row = (*rows)[i];
        row.set("id", record["id"]);
        table.add(row_of(columns.layout, "record/" + kind, row));
      }
    }
    if (!table.empty()) files_["records/" + kind + "." + field.name + ".csv"] = table.text();
  }

  const Pack& pack_;
  Date default_from_{};
  Files files_;
  Diagnostics faults_;
};

}   // namespace

Result<Files> write_pack(const Pack& pack) { return Writer(pack).write(); }

}   // namespace gangmu::pack
