// SPDX-License-Identifier: Apache-2.0
// A kind (台账类型): a noun declared once, checked and immutable (definition kind:<id>@<version>). Everything a
// register needs comes from it and is written nowhere else.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "flow/flow.hpp"
#include "record/field.hpp"
#include "record/numbering.hpp"
#include "record/source.hpp"

namespace gangmu::record {

/// What a record contributes to an indicator.
struct Tally {
  /// first, each: the day a step is taken. due: the day a clock is due in its first run, fixed once that day has come
  /// or the clock has stopped. at_end: what stands.
  enum class When : std::uint8_t { field, first, due, at_end, each };
  std::string to{};
  FieldId sum{};    ///< of which field; none: count
  FieldId rows{};   ///< the field stands in these rows
  std::optional<formula::Tree> when{};
  When date = When::field;
  FieldId date_field{};   ///< a field, or one of the rows
  bool date_in_rows = false;
  std::string event{};   ///< step or clock
  FieldId place{};
};

struct Right {
  std::vector<std::string> to{};          ///< roles; "units" stands for all
  std::optional<formula::Tree> where{};   ///< over place, line, state, own, audience and the record's stored fields
};

struct Check {
  formula::Tree holds{};
  std::string text{};
};

/// What takes the place of what this version can't hold (migrate.hpp): states and codes by name, values by formula.
struct KindMap {
  std::map<std::string, std::string, std::less<>> states{};
  std::map<FieldId, std::map<std::string, std::string, std::less<>>> codes{};
  std::map<FieldId, formula::Tree> fields{};
};

class KindNames;

class Kind {
 public:
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] int version() const { return version_; }
  [[nodiscard]] const std::string& label(Language language) const {
    return language == Language::zh || en_.empty() ? zh_ : en_;
  }
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  [[nodiscard]] const Field* field(std::string_view name) const { return find(fields_, name); }
  [[nodiscard]] const Field* field(FieldId id) const { return find(fields_, id); }
  [[nodiscard]] const flow::Flow* flow() const { return flow_ ? &*flow_ : nullptr; }   ///< null: a plain list
  [[nodiscard]] const std::vector<Tally>& tallies() const { return tallies_; }
  [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }
  [[nodiscard]] const std::vector<Right>& read() const { return read_; }
  [[nodiscard]] const std::vector<Right>& edit() const { return edit_; }
  [[nodiscard]] const std::vector<FieldId>& key() const { return key_; }
  [[nodiscard]] const std::vector<FieldId>& title() const { return title_; }
  [[nodiscard]] const std::vector<FieldId>& computed_order() const {
    return computed_order_;
  }   ///< stored ones, inputs first
  [[nodiscard]] const Numbering* numbering() const { return numbering_ ? &*numbering_ : nullptr; }
  [[nodiscard]] const std::vector<std::string>& enter() const { return enter_; }
  /// Null: it narrows nothing that the version before could hold.
  [[nodiscard]] const KindMap* mapping() const { return mapping_ ? &*mapping_ : nullptr; }
  [[nodiscard]] const KindSource& source() const { return source_; }
  /// A noun with rules of a program, whose lists read more than columns: a View keeps its documents.
  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] const formula::Names& names() const;

 private:
  friend class KindMaker;
  friend class Catalogue;
  std::string id_, zh_, en_;
  int version_ = 1;
  std::vector<Field> fields_;
  std::optional<flow::Flow> flow_;
  std::optional<Numbering> numbering_;
  std::vector<Tally> tallies_;
  std::vector<Check> checks_;
  std::vector<Right> read_, edit_;
  std::vector<FieldId> key_, title_, computed_order_;
  std::vector<std::string> enter_;
  std::optional<KindMap> mapping_;
  KindSource source_;
  bool whole_ = false;
  std::shared_ptr<const KindNames> names_;
};

struct Code {
  std::string code{}, zh{}, en{};
  std::optional<Date> from{}, until{};
  std::string into{};
};
struct CodeList {
  std::string id{};
  std::vector<Code> codes{};
  [[nodiscard]] const Code* find(std::string_view code) const;
};

struct KindLimits {
  int kinds = 200, fields = 120, row_fields = 40, tallies = 30, checks = 40;
};

/// What a programme lays down, beside kinds.
struct Around {
  std::map<std::string, std::vector<CodeSource>, std::less<>> lists{};
  std::map<std::string, flow::FlowSource, std::less<>> flows{};   ///< by "id@version"
  flow::Limits limits{};
  std::vector<std::string> roles{}, indicators{};
  std::vector<std::string> lines{};   ///< codes of the lines (条)
  std::vector<std::string> whole{};   ///< kinds of the program itself (Kind::whole)
  Date today{};
};

/// All kinds of a programme, proved together: references lead somewhere, computed fields don't go round, keys and
/// rights stand on what is stored.
class Catalogue {
 public:
  static Result<std::shared_ptr<const Catalogue>> make(std::vector<KindSource> kinds, Around around,
                                                       const KindLimits& limits = {});
  [[nodiscard]] const Kind* find(std::string_view id) const;
  [[nodiscard]] const std::vector<std::shared_ptr<Kind>>& kinds() const { return kinds_; }
  [[nodiscard]] const CodeList* list(std::string_view id) const;
  [[nodiscard]] const flow::Limits& limits() const { return *limits_; }

 private:
  friend class KindMaker;
  std::vector<std::shared_ptr<Kind>> kinds_;
  std::shared_ptr<std::map<std::string, CodeList, std::less<>>> lists_;
  std::shared_ptr<flow::Limits> limits_;
};

}   // namespace gangmu::record
