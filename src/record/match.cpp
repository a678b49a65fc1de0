// SPDX-License-Identifier: Apache-2.0
#include "record/match.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

constexpr std::size_t looked_at = 200;    ///< cells of a column, for what it holds
constexpr std::size_t shared_least = 2;   ///< characters two names must share

/// What stands behind our own exports, and what offices call the same.
std::optional<ColumnUse> own_use(std::string_view plain) {
  if (plain == "记录地址" || plain == "address") return ColumnUse::address;
  if (plain == "编号" || plain == "记录编号" || plain == "no") return ColumnUse::number;
  if (plain == "状态" || plain == "state") return ColumnUse::state;
  return std::nullopt;
}

class Matcher {
 public:
  Matcher(const Kind& kind, const Catalogue& catalogue, const Grid& grid, const Table& table, const CellNames& names)
      : kind_(kind), catalogue_(catalogue), grid_(grid), table_(table), names_(names) {
    for (const TableColumn& column : table.columns) out_.columns.push_back({.column = column.column});
    for (const Field& field : kind.fields())
      if (importable(field)) fields_.push_back(&field);
  }

  Result<Matching> run(const ColumnAnswers& answers, const ColumnAnswers& remembered) {
    said(answers, MatchedBy::answer, true);
    said(remembered, MatchedBy::remembered, false);
    each_column([&](std::size_t i) { named(i, MatchedBy::name, [](const Field& f) { return std::vector{f.name}; }); });
    each_column([&](std::size_t i) {
      named(i, MatchedBy::label, [](const Field& f) { return std::vector{f.zh, f.en}; });
    });
    each_column([&](std::size_t i) { named(i, MatchedBy::alias, [this](const Field& f) { return aliases(f); }); });
    own();
    words();
    each_column([&](std::size_t i) { content(i); });
    units();
    if (!faults_.empty()) return fail(std::move(faults_));
    return std::move(out_);
  }

 private:
  template <class Each>
  void each_column(const Each& each) {
    for (std::size_t i = 0; i < out_.columns.size(); ++i)
      if (!settled_.contains(i)) each(i);
  }
  [[nodiscard]] bool taken(const Field& field) const { return out_.of(field.id) != nullptr; }
  void settle(std::size_t i, ColumnUse use, const Field* field, MatchedBy by) {
    out_.columns[i].use = use;
    out_.columns[i].field = field;
    out_.columns[i].by = by;
    settled_.insert({i, true});
  }

  /// Answers must hold; what is remembered and no longer fits is left aside.
  void said(const ColumnAnswers& answers, MatchedBy by, bool strict) {
    for (const auto& [column, name] : answers) {
      const auto at = std::ranges::find(out_.columns, column, &ColumnMatch::column);
      const auto i = static_cast<std::size_t>(at - out_.columns.begin());
      const Field* field = at == out_.columns.end() ? nullptr : kind_.field(name);
      if (field && !importable(*field)) field = nullptr;
      const ColumnUse use = name.empty()    ? ColumnUse::none
                            : name == "id"  ? ColumnUse::address
                            : name == "seq" ? ColumnUse::seq
                            : name == "no"  ? ColumnUse::number
                                            : ColumnUse::field;
      const bool unknown = at == out_.columns.end() || (use == ColumnUse::field && !field);
      const bool twice = !unknown && ((field && taken(*field)) || (!field && use != ColumnUse::none && out_.use(use)));
      if (unknown || twice) {
        if (strict)
          faults_.push_back({unknown ? &errors::field_unknown : &errors::field_twice,
                             {name.empty() ? column_letters(column) : name, "", ""},
                             {.file = {}, .line = 0, .column = 0, .cell = column_letters(column)}});
        continue;
      }
      if (!settled_.contains(i)) settle(i, use, field, by);
    }
  }

  template <class Names>
  void named(std::size_t i, MatchedBy by, const Names& names) {
    const TableColumn& column = table_.columns[i];
    for (const bool grouped : {true, false})
      for (const Field* field : fields_) {
        if (taken(*field) || settled_.contains(i)) continue;
        for (const std::string& name : names(*field)) {
          const std::string plain = plain_head(name);
          if (!plain.empty() && plain == (grouped ? column.group + column.plain : column.plain))
            return settle(i, ColumnUse::field, field, by);
        }
      }
  }

  [[nodiscard]] std::vector<std::string> aliases(const Field& field) const {
    std::vector<std::string> out;
    for (const FieldSource& source : kind_.source().fields)
      if (source.name.text == field.name) {
        for (const Written& one : source.alias) out.push_back(one.text);
        if (source.was) out.push_back(source.was->text);
      }
    return out;
  }

  /// 记录地址 and 序号 stand together in an export; 序号 alone counts the rows.
  void own() {
    each_column([&](std::size_t i) {
      const auto use = own_use(table_.columns[i].plain);
      if (use && !out_.use(*use) && (*use != ColumnUse::state || kind_.flow()))
        settle(i, *use, nullptr, MatchedBy::name);
    });
    if (!out_.use(ColumnUse::address)) return;
    each_column([&](std::size_t i) {
      if ((table_.columns[i].plain == "序号" || table_.columns[i].plain == "seq") && !out_.use(ColumnUse::seq))
        settle(i, ColumnUse::seq, nullptr, MatchedBy::name);
    });
  }

  /// 项目名称 and 名称: one lies in the other, and in no other name. Longer ones go first.
  void words() {
    struct Pair {
      std::size_t column, shared;
      const Field* field;
    };
    std::vector<Pair> pairs;
    each_column([&](std::size_t i) {
      const std::string& head = table_.columns[i].plain;
      for (const Field* field : fields_) {
        if (taken(*field)) continue;
        std::size_t best = 0;
        for (const std::string& name : {field->zh, field->en}) {
          const std::string plain = plain_head(name);
          const std::size_t shared = std::min(text::length(plain), text::length(head));
          if (shared >= shared_least &&
              (plain.find(head) != std::string::npos || head.find(plain) != std::string::npos) &&
              same_sort(head, plain))
            best = std::max(best, shared);
        }
        if (best > 0) pairs.push_back({i, best, field});
      }
    });
    std::ranges::stable_sort(pairs, std::ranges::greater(), &Pair::shared);
    for (const Pair& one : pairs) {
      const auto rival = std::ranges::count_if(pairs, [&](const Pair& other) {
        return other.shared == one.shared && ((other.column == one.column) != (other.field == one.field)) &&
               !settled_.contains(other.column) && !taken(*other.field);
      });
      if (rival == 0 && !settled_.contains(one.column) && !taken(*one.field))
        settle(one.column, ColumnUse::field, one.field, MatchedBy::words);
    }
  }
  /// 责任单位联系人 is no 责任单位: what stands last says what a name is of; 开工日期 is 开工.
  static bool same_sort(const std::string& a, const std::string& b) {
    if (core(a) == core(b)) return true;
    const auto &longer = a.size() > b.size() ? a : b, &shorter = a.size() > b.size() ? b : a;
    return longer.ends_with(shorter);
  }

  /// Without a last word that only says what sort of value it is.
  static std::string core(const std::string& name) {
    static constexpr auto sorts =
        std::to_array<std::string_view>({"日期", "时间", "年月", "金额", "数量", "情况", "说明"});
    for (const std::string_view sort : sorts)
      if (name.ends_with(sort) && name.size() > sort.size()) return name.substr(0, name.size() - sort.size());
    return name;
  }

  /// A column nobody named, whose cells nearly all are codes of one list, or places, and a field that nobody fills.
  void content(std::size_t i) {
    const Field* found = nullptr;
    for (const Field* field : fields_) {
      if (taken(*field) || field->personal || (field->type != Type::choice && field->type != Type::place)) continue;
      if (!holds(*field, table_.columns[i].column)) continue;
      if (found) return;
      found = field;
    }
    if (found) settle(i, ColumnUse::field, found, MatchedBy::content);
  }
  [[nodiscard]] bool holds(const Field& field, std::size_t column) const {
    std::size_t filled = 0, fits = 0;
    for (const std::size_t row : table_.rows) {
      if (filled == looked_at) break;
      const auto value = cell_value(field, catalogue_, grid_.at(row, column), {}, names_);
      if (value && !*value) continue;
      ++filled;
      fits += value ? 1 : 0;
    }
    return filled >= 3 && fits * 10 >= filled * 9;
  }

  void units() {
    for (std::size_t i = 0; i < out_.columns.size(); ++i) {
      ColumnMatch& match = out_.columns[i];
      if (!match.field) continue;
      const TableColumn& column = table_.columns[i];
      std::string unit = column.unit;
      if (unit.empty() && match.field->type == Type::money) unit = table_.unit;
      const auto factor = unit_factor(*match.field, unit);
      if (factor) {
        match.factor = *factor;
        continue;
      }
      const std::string own = match.field->type == Type::money ? "元" : match.field->spec.unit_text;
      faults_.push_back({&errors::unit_wrong,
                         {match.field->label(Language::zh), own, unit},
                         grid_.position(table_.head_first, column.column)});
    }
  }

  const Kind& kind_;
  const Catalogue& catalogue_;
  const Grid& grid_;
  const Table& table_;
  const CellNames& names_;
  std::vector<const Field*> fields_;
  std::map<std::size_t, bool> settled_;
  Matching out_;
  Diagnostics faults_;
};

}   // namespace

std::string_view name_of(ColumnUse use) {
  static constexpr std::string_view names[] = {"none", "id", "seq", "no", "state", "field"};
  return names[static_cast<std::size_t>(use)];
}
std::string_view name_of(MatchedBy by) {
  static constexpr std::string_view names[] = {"nothing", "answer", "remembered", "name",
                                               "label",   "alias",  "words",      "content"};
  return names[static_cast<std::size_t>(by)];
}

const ColumnMatch* Matching::use(ColumnUse use) const {
  const auto found = std::ranges::find(columns, use, &ColumnMatch::use);
  return found == columns.end() ? nullptr : &*found;
}
const ColumnMatch* Matching::of(FieldId field) const {
  const auto found =
      std::ranges::find_if(columns, [&](const ColumnMatch& one) { return one.field && one.field->id == field; });
  return found == columns.end() ? nullptr : &*found;
}

bool importable(const Field& field) {
  return field.typed() && !field.ended && field.type != Type::rows && field.type != Type::file &&
         field.type != Type::shape;
}

Result<Matching> matched(const Kind& kind, const Catalogue& catalogue, const Grid& grid, const Table& table,
                         const ColumnAnswers& answers, const ColumnAnswers& remembered, const CellNames& names) {
  return Matcher(kind, catalogue, grid, table, names).run(answers, remembered);
}

}   // namespace gangmu::record
