// SPDX-License-Identifier: Apache-2.0
// Sources → kinds: types first, then names, then everything that speaks of names; last what only shows over all kinds
// together. Goes on after a fault, so that all are told at once. Internal to the part.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "base/text.hpp"
#include "record/errors.hpp"
#include "record/kind.hpp"
#include "record/names.hpp"

namespace gangmu::record {

template <class All>
std::vector<std::string> keys_of(const All& all) {
  std::vector<std::string> out;
  for (const auto& [key, value] : all) out.push_back(key);
  return out;
}

class KindMaker {
 public:
  KindMaker(Catalogue& out, const Around& around, const KindLimits& limits)
      : out_(out), around_(around), limits_(limits) {}

  Diagnostics run(std::vector<KindSource> sources) {
    bound("台账类型", "kinds", sources.size(), limits_.kinds, {});
    for (KindSource& source : sources) declare(std::move(source));
    for (const auto& kind : out_.kinds_) connect(*kind);
    if (faults_.empty()) read_formulas();
    if (faults_.empty()) prove_no_round();
    if (faults_.empty())
      for (const auto& kind : out_.kinds_) speak(*kind);
    return std::move(faults_);
  }

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, const Position& where);
  void unknown(const ErrorKind& kind, const Written& name, const std::vector<std::string>& candidates);
  void bound(const char* zh, const char* en, std::size_t n, int most, const Position& where);

  // ── types ──
  void declare(KindSource source);
  std::vector<Field> fields(const std::vector<FieldSource>& sources, const std::string& prefix);
  Field field(const FieldSource& source, const std::string& prefix);
  /// What a type has no use for is a slip: said, not dropped.
  void allowed(const FieldSource& source, Type type);
  void spec(const FieldSource& source, Field& out, const std::string& prefix);
  /// `of` says which parties a who takes, which contents a file, which shapes.
  void part_of(const Written& one, Type type, Spec& spec);
  void period(const FieldSource& source, Spec& spec);
  void codes(const FieldSource& source, Spec& spec, const std::string& own);
  int number(const Written& text, int least, int most);
  std::optional<Decimal> decimal(const Written& text);
  static std::vector<std::string> names_of(const std::vector<Field>& fields) {
    std::vector<std::string> out;
    for (const Field& field : fields) out.push_back(field.name);
    return out;
  }

  // ── names ──
  void connect(Kind& kind);

  // ── what speaks of names ──
  std::optional<formula::Tree> tree(const Kind& kind, const Written& text, const std::optional<formula::Type>& wanted);
  static formula::Type flag() { return {.base = formula::Base::flag}; }
  /// Whether a formula reads what changes elsewhere shows only when those it reads are known, in whatever order they
  /// were written: it is read again until nothing changes.
  void read_formulas();
  [[nodiscard]] std::vector<bool> stored_of_all() const;
  void speak(Kind& kind);
  /// What everybody may see names no person; what is listed, sorted and grouped by is a field.
  void asked_of_lists(const Kind& kind, const formula::Tree& where, const Position& at);
  void shown(const Kind& kind);
  void formulas(Kind& kind, const FieldSource& source, Field& field);
  void checks(Kind& kind, const FieldSource& source, Field& field);
  bool computable(const FieldSource& source, const Field& field, bool in_rows);
  void take(const Kind& kind, const FieldSource& source, Field& field);
  /// A period is to formulas a day; taken it stays the period it is.
  bool periods_agree(const Kind& kind, const std::vector<std::string>& path, const Field& field) const;
  void row_formula(const Kind& kind, const Field& rows, const FieldSource& source, Field& field);
  void append(const Error& error) { faults_.insert(faults_.end(), error.all().begin(), error.all().end()); }
  /// Computed fields of a row, each after those it reads.
  void order_rows(const FieldSource& source, Field& rows);
  std::vector<FieldId> stored(const Kind& kind, const std::vector<Written>& names);
  void rights(const Kind& kind, const std::vector<RightSource>& sources, std::vector<Right>& out);
  void flow(Kind& kind);
  /// What takes the place of what the version before held: every name is one of this version.
  void mapping(Kind& kind);
  void settable(const Field& field, const Written& name);

  // ── tallies ──
  void tally(Kind& kind, const TallySource& source);
  static std::optional<std::string> inside(const std::string& text, std::string_view function);
  void measure(const Kind& kind, const Written& text, Tally& out);
  void date(const Kind& kind, const TallySource& source, Tally& out);
  /// A step or clock of the kind's own flow.
  void event(const Kind& kind, const Written& name, Tally::When when);

  // ── over all kinds ──
  struct Node {
    const Kind* kind;
    FieldId field;
    auto operator<=>(const Node&) const = default;
  };
  /// What a computed field rests on, over references both ways.
  std::vector<Node> rests_on(const Node& node) const;
  /// Symbols within an aggregate are those of its elements: of rows, which rest on their row alone, or of other
  /// records.
  void read_by(const Kind& kind, const formula::Tree& tree, formula::NodeIndex index, std::vector<Node>& out) const;
  void prove_no_round();
  void round(const Node& node, const std::vector<Node>& path);

  Catalogue& out_;
  const Around& around_;
  const KindLimits& limits_;
  int version_ = 1;   ///< of the kind being read
  Diagnostics faults_;
};

}   // namespace gangmu::record
