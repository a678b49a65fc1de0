// SPDX-License-Identifier: Apache-2.0
// Sources → kinds: types first, then names, then everything that speaks of names; last what only shows over all kinds
// together.
#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "record/errors.hpp"
#include "record/kind.hpp"
#include "record/names.hpp"

namespace gangmu::record {
namespace {

constexpr int text_most = 20'000;

bool plain(std::string_view name) {
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= 40 && small(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return small(c) || (c >= '0' && c <= '9') || c == '_'; });
}

std::pair<std::string, std::string> near(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string found = text::nearest(word, candidates);
  if (found.empty()) return {};
  return {"，是否指 " + found, "; did you mean " + found + "?"};
}

template <class All>
std::vector<std::string> keys_of(const All& all) {
  std::vector<std::string> out;
  for (const auto& [key, value] : all) out.push_back(key);
  return out;
}

}   // namespace

class KindMaker {
 public:
  KindMaker(Catalogue& out, const Around& around, const KindLimits& limits)
      : out_(out), around_(around), limits_(limits) {}

  Diagnostics run(std::vector<KindSource> sources) {
    bound("台账类型", "kinds", sources.size(), limits_.kinds, {});
    for (KindSource& source : sources) declare(std::move(source));
    for (const auto& kind : out_.kinds_) connect(*kind);
    if (faults_.empty())
      for (const auto& kind : out_.kinds_) speak(*kind);
    if (faults_.empty()) prove_no_round();
    return std::move(faults_);
  }

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, const Position& where) {
    faults_.push_back({&kind, std::move(arguments), where});
  }
  void unknown(const ErrorKind& kind, const Written& name, const std::vector<std::string>& candidates) {
    auto [zh, en] = near(name.text, candidates);
    fault(kind, {name.text, zh, en}, name.where);
  }
  void bound(const char* zh, const char* en, std::size_t n, int most, const Position& where) {
    if (n > static_cast<std::size_t>(most)) fault(errors::limit_exceeded, {zh, std::to_string(most), en}, where);
  }

  // ── types ──

  void declare(KindSource source) {
    auto kind = std::make_shared<Kind>();
    kind->id_ = source.id.text;
    kind->zh_ = source.zh.empty() ? source.id.text : source.zh;
    kind->en_ = source.en;
    kind->version_ = source.version;
    if (!plain(source.id.text)) fault(errors::name_wrong, {source.id.text}, source.id.where);
    if (out_.find(source.id.text)) fault(errors::kind_twice, {source.id.text}, source.id.where);
    bound("字段", "fields", source.fields.size(), limits_.fields, source.id.where);
    kind->fields_ = fields(source.fields, source.id.text + ".");
    if (source.number) {
      if (auto pattern = Numbering::parse(*source.number))
        kind->numbering_ = *std::move(pattern);
      else
        faults_.insert(faults_.end(), pattern.error().all().begin(), pattern.error().all().end());
    }
    kind->source_ = std::move(source);
    out_.kinds_.push_back(std::move(kind));
  }

  std::vector<Field> fields(const std::vector<FieldSource>& sources, const std::string& prefix) {
    static const std::set<std::string_view> taken{"state", "raiser", "actor", "now", "my", "scope", "number", "home"};
    std::vector<Field> out;
    for (const FieldSource& source : sources) {
      if (!plain(source.name.text)) fault(errors::name_wrong, {source.name.text}, source.name.where);
      if (taken.contains(source.name.text)) fault(errors::name_taken, {source.name.text}, source.name.where);
      if (find(out, source.name.text)) fault(errors::field_twice, {source.name.text}, source.name.where);
      if (const Field* other = find(out, FieldId{source.id}))
        fault(errors::number_reused, {source.name.text, std::to_string(source.id), other->name}, source.name.where);
      out.push_back(field(source, prefix));
    }
    return out;
  }

  Field field(const FieldSource& source, const std::string& prefix) {
    Field out{.id = FieldId{source.id}, .name = source.name.text, .zh = source.zh, .en = source.en};
    const auto type = type_of(source.type.text);
    if (!type) {
      static const std::vector<std::string> all{"text",  "number", "money", "date", "time", "period", "flag", "choice",
                                                "place", "who",    "ref",   "rows", "file", "person", "code"};
      unknown(errors::type_unknown, source.type, all);
      return out;
    }
    out.type = *type;
    out.personal = source.personal;
    out.since = source.since;
    if (source.datum) out.datum = source.datum->text;
    if (out.type == Type::person && !out.personal) fault(errors::personal_wanted, {out.name}, source.name.where);
    if (source.need && source.need->text == "always") out.need = Need::always;
    spec(source, out, prefix);
    allowed(source, out.type);
    return out;
  }

  /// What a type has no use for is a slip: said, not dropped.
  void allowed(const FieldSource& source, Type type) {
    const auto only = [&](const auto& given, std::string_view name, std::initializer_list<Type> types) {
      if (given && std::find(types.begin(), types.end(), type) == types.end())
        fault(errors::spec_unknown, {std::string(name_of(type)), std::string(name)}, source.name.where);
    };
    using enum Type;
    only(source.max, "max", {text, file});
    only(source.decimals, "decimals", {number});
    only(source.unit, "unit", {number});
    only(source.show, "show", {money});
    only(source.list, "list", {choice});
    only(source.to, "to", {ref});
    only(source.inverse, "inverse", {ref});
    only(source.period, "kind", {period});
    only(source.source, "source", {code});
    only(source.least, "min", {number, money});
    only(source.most, "max", {number, money});
  }

  void spec(const FieldSource& source, Field& out, const std::string& prefix) {
    Spec& spec = out.spec;
    spec.na = source.na;
    spec.many = source.many;
    if (source.max) spec.max = number(*source.max, 1, text_most);
    if (source.decimals) spec.decimals = number(*source.decimals, 0, Decimal::max_scale);
    if (source.least) spec.least = decimal(*source.least);
    if (source.most) spec.most = decimal(*source.most);
    if (source.unit) spec.unit = formula::Unit::named(spec.unit_text = source.unit->text);
    if (source.show) spec.show = source.show->text;
    if (out.type == Type::money) spec.decimals = 2;
    if (out.type == Type::choice) codes(source, spec, prefix + out.name);
    if (out.type == Type::text && !source.max) spec.max = 200;
    if (out.type == Type::ref) {
      if (!source.to) fault(errors::spec_missing, {"ref", "to"}, source.name.where);
      if (source.to) spec.to = source.to->text;
      if (source.inverse) spec.inverse = source.inverse->text;
    }
    for (const Written& level : source.levels)
      if (const auto known = place::level_of(level.text))
        spec.levels.push_back(*known);
      else
        unknown(errors::code_unknown, level, {"province", "city", "county", "town", "village"});
    for (const Written& one : source.of) {
      static constexpr std::pair<std::string_view, Who::Kind> all[] = {
          {"unit", Who::Kind::unit}, {"post", Who::Kind::post}, {"account", Who::Kind::account}};
      for (const auto& [name, kind] : all)
        if (one.text == name) spec.of.push_back(kind);
    }
    if (out.type == Type::period) period(source, spec);
    if (out.type != Type::rows) return;
    bound("行的字段", "fields of rows", source.rows.size(), limits_.row_fields, source.name.where);
    if (source.rows.empty()) fault(errors::spec_missing, {"rows", "of"}, source.name.where);
    spec.rows = fields(source.rows, prefix + out.name + ".");
    for (const Written& key : source.row_key)
      if (const Field* field = find(spec.rows, key.text))
        spec.row_key.push_back(field->id);
      else
        unknown(errors::field_unknown, key, names_of(spec.rows));
  }
  void period(const FieldSource& source, Spec& spec) {
    static constexpr std::pair<std::string_view, PeriodKind> all[] = {{"year", PeriodKind::year},
                                                                      {"half", PeriodKind::half},
                                                                      {"quarter", PeriodKind::quarter},
                                                                      {"month", PeriodKind::month},
                                                                      {"week", PeriodKind::week}};
    if (!source.period) return;
    for (const auto& [name, kind] : all)
      if (source.period->text == name) {
        spec.period = kind;
        return;
      }
    unknown(errors::spec_unknown, *source.period, {"year", "half", "quarter", "month", "week"});
  }
  void codes(const FieldSource& source, Spec& spec, const std::string& own) {
    if (!source.inline_list.empty()) {
      spec.list = own;
      CodeList& list = (*out_.lists_)[own];
      list.id = own;
      for (const Written& code : source.inline_list)
        list.codes.push_back({.code = code.text, .zh = code.text, .en = {}, .from = {}, .until = {}, .into = {}});
    } else if (!source.list) {
      fault(errors::spec_missing, {"choice", "list"}, source.name.where);
    } else {
      spec.list = source.list->text;
      if (!out_.lists_->contains(spec.list)) unknown(errors::list_unknown, *source.list, keys_of(*out_.lists_));
    }
  }

  int number(const Written& text, int least, int most) {
    int out = least;
    const char* end = text.text.data() + text.text.size();
    const auto [at, error] = std::from_chars(text.text.data(), end, out);
    if (error == std::errc{} && at == end && out >= least && out <= most) return out;
    fault(errors::value_range, {text.text, std::to_string(least), std::to_string(most)}, text.where);
    return least;
  }
  std::optional<Decimal> decimal(const Written& text) {
    const auto out = Decimal::parse(text.text);
    if (out) return *out;
    fault(*out.error().first().kind, out.error().first().arguments, text.where);
    return std::nullopt;
  }
  static std::vector<std::string> names_of(const std::vector<Field>& fields) {
    std::vector<std::string> out;
    for (const Field& field : fields) out.push_back(field.name);
    return out;
  }

  // ── names ──

  void connect(Kind& kind) {
    std::vector<std::string> kinds;
    for (const auto& one : out_.kinds_) kinds.push_back(one->id());
    for (std::size_t i = 0; i < kind.fields_.size(); ++i)
      if (kind.fields_[i].type == Type::ref && !out_.find(kind.fields_[i].spec.to))
        unknown(errors::kind_unknown, kind.source_.fields[i].to.value_or(kind.source_.fields[i].name), kinds);
    const flow::FlowSource* flow = nullptr;
    if (kind.source_.flow) {
      const auto found = around_.flows.find(kind.source_.flow->text);
      if (found == around_.flows.end())
        unknown(errors::flow_unknown, *kind.source_.flow, keys_of(around_.flows));
      else
        flow = &found->second;
    }
    kind.names_ = std::make_shared<KindNames>(kind, out_, flow, around_.lines);
  }

  // ── what speaks of names ──

  std::optional<formula::Tree> tree(const Kind& kind, const Written& text, const std::optional<formula::Type>& wanted) {
    auto read = formula::Tree::parse(text.text, kind.names(), wanted, text.where);
    if (read) return *std::move(read);
    faults_.insert(faults_.end(), read.error().all().begin(), read.error().all().end());
    return std::nullopt;
  }
  static formula::Type flag() { return {.base = formula::Base::flag}; }

  void speak(Kind& kind) {
    const KindSource& source = kind.source_;
    for (std::size_t i = 0; i < kind.fields_.size(); ++i) formulas(kind, source.fields[i], kind.fields_[i]);
    for (const Written& check : source.checks)
      if (auto holds = tree(kind, check, flag())) kind.checks_.push_back({*std::move(holds), check.text});
    kind.key_ = stored(kind, source.key);
    kind.title_ = stored(kind, source.title);
    for (const Written& role : source.enter) kind.enter_.push_back(role.text);
    for (const TallySource& one : source.tallies) tally(kind, one);
    rights(kind, source.read, kind.read_);
    rights(kind, source.edit, kind.edit_);
    if (source.flow) flow(kind);
  }
  void formulas(Kind& kind, const FieldSource& source, Field& field) {
    for (std::size_t i = 0; i < field.spec.rows.size(); ++i)
      row_formula(kind, field, source.rows[i], field.spec.rows[i]);
    if (source.computed) {
      if (field.personal) fault(errors::computed_personal, {field.name}, source.name.where);
      field.computed = tree(kind, *source.computed, formula_type(field));
    }
    if (source.take) {
      const std::vector<std::string> path = text::split(source.take->text, '.');
      const auto found = kind.names().find(path);
      if (!found || found->item)
        unknown(errors::field_unknown, *source.take, kind.names().all());
      else
        field.take = path;
    }
    if (source.check && field.type != Type::code) {
      field.check = tree(kind, *source.check, flag());
      field.check_text = source.check->text;
    } else if (source.check) {
      field.spec.check = source.check->text;
    }
  }
  void row_formula(const Kind& kind, const Field& rows, const FieldSource& source, Field& field) {
    if (!source.computed) return;
    const std::vector<std::string> path{rows.name};
    const formula::Names& names = *kind.names().find(path)->item;
    auto read = formula::Tree::parse(source.computed->text, names, formula_type(field), source.computed->where);
    if (read)
      field.computed = *std::move(read);
    else
      faults_.insert(faults_.end(), read.error().all().begin(), read.error().all().end());
  }
  std::vector<FieldId> stored(const Kind& kind, const std::vector<Written>& names) {
    std::vector<FieldId> out;
    for (const Written& name : names) {
      const Field* field = kind.field(name.text);
      if (!field)
        unknown(errors::field_unknown, name, names_of(kind.fields_));
      else if (!field->stored())
        fault(errors::stored_wanted, {name.text}, name.where);
      else
        out.push_back(field->id);
    }
    return out;
  }
  void rights(const Kind& kind, const std::vector<RightSource>& sources, std::vector<Right>& out) {
    for (const RightSource& source : sources) {
      Right right;
      for (const Written& role : source.to) right.to.push_back(role.text);
      if (source.where) right.where = tree(kind, *source.where, flag());
      if (right.where && (right.where->reaches(formula::Reach::roll) || right.where->reaches(formula::Reach::now)))
        fault(errors::stored_wanted, {source.where->text}, source.where->where);
      out.push_back(std::move(right));
    }
  }

  void flow(Kind& kind) {
    const flow::FlowSource& source = around_.flows.find(kind.source_.flow->text)->second;
    flow::Host host;
    host.names = &kind.names();
    host.field = [&](std::string_view name) { return kind.field(name) != nullptr || name == "level"; };
    host.party = [&](std::string_view name) {
      const Field* field = kind.field(name);
      return (field && field->type == Type::who) ||
             std::find(around_.roles.begin(), around_.roles.end(), name) != around_.roles.end();
    };
    host.type = [&](std::string_view name) {
      const Field* field = kind.field(name);
      return field ? std::optional(formula_type(*field)) : std::nullopt;
    };
    host.fields = names_of(kind.fields_);
    host.parties = around_.roles;
    for (const Field& field : kind.fields_)
      if (field.type == Type::who) host.parties.push_back(field.name);
    auto made = flow::Flow::make(source, host, *out_.limits_, around_.today);
    if (made)
      kind.flow_ = *std::move(made);
    else
      faults_.insert(faults_.end(), made.error().all().begin(), made.error().all().end());
  }

  // ── tallies ──

  void tally(Kind& kind, const TallySource& source) {
    Tally out;
    out.to = source.to.text;
    if (std::find(around_.indicators.begin(), around_.indicators.end(), out.to) == around_.indicators.end())
      unknown(errors::indicator_unknown, source.to, around_.indicators);
    measure(kind, source.measure, out);
    if (source.when) out.when = tree(kind, *source.when, flag());
    if (out.when && (out.when->reaches(formula::Reach::look) || out.when->reaches(formula::Reach::roll) ||
                     out.when->reaches(formula::Reach::now)))
      fault(errors::stored_wanted, {source.when->text}, source.when->where);
    date(kind, source, out);
    const Written place = source.place.value_or(Written{"place", source.to.where});
    for (const FieldId id : stored(kind, {place})) out.place = id;
    kind.tallies_.push_back(std::move(out));
  }
  static std::optional<std::string> inside(const std::string& text, std::string_view function) {
    if (!text.starts_with(std::string(function) + "(") || !text.ends_with(')')) return std::nullopt;
    return text.substr(function.size() + 1, text.size() - function.size() - 2);
  }
  void measure(const Kind& kind, const Written& text, Tally& out) {
    if (text.text == "count") return;
    const auto summed = inside(text.text, "sum");
    const std::vector<std::string> path = summed ? text::split(*summed, '.') : std::vector<std::string>{};
    const Field* field = summed && !path.empty() ? kind.field(path[0]) : nullptr;
    if (field && field->type == Type::rows && path.size() == 2) {
      out.rows = field->id;
      field = find(field->spec.rows, path[1]);
    }
    const bool number = field && (field->type == Type::number || field->type == Type::money);
    if (!number || !field->stored()) return fault(errors::tally_measure, {text.text}, text.where);
    out.sum = field->id;
  }
  void date(const Kind& kind, const TallySource& source, Tally& out) {
    const Written text = source.date.value_or(Written{{}, source.to.where});
    static constexpr std::pair<std::string_view, Tally::When> events[] = {{"first", Tally::When::first},
                                                                          {"due", Tally::When::due}};
    for (const auto& [name, when] : events)
      if (const auto event = inside(text.text, name)) {
        out.date = when;
        out.event = *event;
        return;
      }
    if (text.text == "at_end") {
      out.date = Tally::When::at_end;
      return;
    }
    const std::vector<std::string> path = text::split(text.text, '.');
    const Field* field = kind.field(path[0]);
    if (field && field->type == Type::rows && path.size() == 2 && field->id == out.rows) {
      out.date_in_rows = true;
      field = find(field->spec.rows, path[1]);
    }
    const bool dated = field && field->stored() && (field->type == Type::date || field->type == Type::period);
    if (!dated) return fault(errors::tally_date, {source.to.text}, text.where);
    out.date_field = field->id;
  }

  // ── over all kinds ──

  struct Node {
    const Kind* kind;
    FieldId field;
    auto operator<=>(const Node&) const = default;
  };

  /// What a computed field rests on, over references both ways.
  std::vector<Node> rests_on(const Node& node) const {
    std::vector<Node> out;
    const Field& field = *node.kind->field(node.field);
    if (!field.computed) return out;
    for (const formula::Node& part : field.computed->nodes()) {
      const bool reads = part.op == formula::Op::symbol || part.op == formula::Op::in_set;
      if (reads && part.symbol < look_step && node.kind->field(FieldId{part.symbol}))
        out.push_back({node.kind, FieldId{part.symbol}});
      if (part.symbol < roll_base || part.op < formula::Op::count_of) continue;
      const Kind& other = *out_.kinds_[static_cast<std::size_t>((part.symbol - roll_base) / 1'000'000)];
      for (const formula::Node& inner : field.computed->nodes())
        if (inner.op == formula::Op::symbol && inner.symbol < look_step && other.field(FieldId{inner.symbol}))
          out.push_back({&other, FieldId{inner.symbol}});
    }
    return out;
  }

  void prove_no_round() {
    std::map<Node, int> colour;
    std::vector<Node> path;
    const std::function<void(const Node&)> visit = [&](const Node& node) {
      int& mine = colour[node];
      if (mine == 2) return;
      if (mine == 1) return round(node, path);
      mine = 1;
      path.push_back(node);
      for (const Node& next : rests_on(node)) visit(next);
      path.pop_back();
      colour[node] = 2;
      Kind& kind = *std::find_if(out_.kinds_.begin(), out_.kinds_.end(), [&](const auto& k) {
                      return k.get() == node.kind;
                    })->get();
      if (kind.field(node.field)->stored_computed()) kind.computed_order_.push_back(node.field);
    };
    for (const auto& kind : out_.kinds_)
      for (const Field& field : kind->fields_)
        if (field.computed) visit({kind.get(), field.id});
  }
  void round(const Node& node, const std::vector<Node>& path) {
    std::string names;
    for (auto at = std::find(path.begin(), path.end(), node); at != path.end(); ++at)
      names += at->kind->id() + "." + at->kind->field(at->field)->name + " → ";
    const auto& sources = node.kind->source_.fields;
    const auto where =
        std::find_if(sources.begin(), sources.end(), [&](const FieldSource& s) { return FieldId{s.id} == node.field; });
    fault(errors::computed_cycle, {names + node.kind->id() + "." + node.kind->field(node.field)->name},
          where->name.where);
  }

  Catalogue& out_;
  const Around& around_;
  const KindLimits& limits_;
  Diagnostics faults_;
};

const formula::Names& Kind::names() const { return *names_; }

const Code* CodeList::find(std::string_view code) const {
  const auto found = std::find_if(codes.begin(), codes.end(), [&](const Code& c) { return c.code == code; });
  return found == codes.end() ? nullptr : &*found;
}

const Kind* Catalogue::find(std::string_view id) const {
  const auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const auto& kind) { return kind->id() == id; });
  return found == kinds_.end() ? nullptr : found->get();
}
const CodeList* Catalogue::list(std::string_view id) const {
  const auto found = lists_->find(id);
  return found == lists_->end() ? nullptr : &found->second;
}

Result<std::shared_ptr<const Catalogue>> Catalogue::make(std::vector<KindSource> kinds, Around around,
                                                         const KindLimits& limits) {
  const auto out = std::make_shared<Catalogue>();
  out->lists_ = std::make_shared<std::map<std::string, CodeList, std::less<>>>();
  out->limits_ = std::make_shared<flow::Limits>(around.limits);
  for (const auto& [id, codes] : around.lists) {
    CodeList& list = (*out->lists_)[id];
    list.id = id;
    for (const CodeSource& code : codes)
      list.codes.push_back({code.code.text, code.zh, code.en, code.from, code.until, code.into});
  }
  Diagnostics faults = KindMaker(*out, around, limits).run(std::move(kinds));
  if (!faults.empty()) return fail(std::move(faults));
  return std::shared_ptr<const Catalogue>(out);
}

}   // namespace gangmu::record
