// SPDX-License-Identifier: Apache-2.0
// Formulas, checks, keys, rights, views and the flow of a kind.
#include "record/maker.hpp"
#include "record/routes.hpp"

#include <algorithm>

namespace gangmu::record {

std::optional<formula::Tree> KindMaker::tree(const Kind& kind, const Written& text,
                                             const std::optional<formula::Type>& wanted) {
  auto read = formula::Tree::parse(text.text, kind.names(), wanted, text.where);
  if (read) return *std::move(read);
  append(read.error());
  return std::nullopt;
}

void KindMaker::read_formulas() {
  for (int round = 0; round <= limits_.fields; ++round) {
    const std::vector<bool> before = stored_of_all();
    faults_.clear();
    for (const auto& kind : out_.kinds_)
      for (std::size_t i = 0; i < kind->fields_.size(); ++i) formulas(*kind, kind->source_.fields[i], kind->fields_[i]);
    if (!faults_.empty() || stored_of_all() == before) return;
  }
}

std::vector<bool> KindMaker::stored_of_all() const {
  std::vector<bool> out;
  for (const auto& kind : out_.kinds_)
    for (const Field& field : kind->fields())
      for (const formula::Reach reach : {formula::Reach::look, formula::Reach::roll, formula::Reach::now})
        out.push_back(field.computed && field.computed->reaches(reach));
  return out;
}

void KindMaker::speak(Kind& kind) {
  const KindSource& source = kind.source_;
  for (std::size_t i = 0; i < kind.fields_.size(); ++i) checks(kind, source.fields[i], kind.fields_[i]);
  for (const Written& check : source.checks)
    if (auto holds = tree(kind, check, flag())) kind.checks_.push_back({*std::move(holds), check.text});
  kind.key_ = stored(kind, source.key);
  kind.title_ = stored(kind, source.title);
  for (const Written& role : source.enter) kind.enter_.push_back(role.text);
  for (const TallySource& one : source.tallies) tally(kind, one);
  rights(kind, source.read, kind.read_);
  rights(kind, source.edit, kind.edit_);
  for (std::size_t i = 0; i < source.read.size(); ++i)
    if (source.read[i].where && i < kind.read_.size() && kind.read_[i].where)
      asked_of_lists(kind, *kind.read_[i].where, source.read[i].where->where);
  shown(kind);
  if (source.flow) flow(kind);
  if (source.map) mapping(kind);
}

/// A right to read is asked of rows of a list, which hold fields of one value and no texts.
void KindMaker::asked_of_lists(const Kind& kind, const formula::Tree& where, const Position& at) {
  for (const std::int64_t symbol : where.symbols()) {
    const bool look = symbol >= look_step && symbol < roll_base;
    const Field* field = kind.field(FieldId{look ? symbol / look_step : symbol});
    if (!field) continue;
    const bool of_who = look && field->type == Type::who && symbol % look_step >= attribute_line;
    if (in_list(*field) && (!look || of_who)) continue;
    fault(errors::not_listed, {kind.names().path(symbol).front()}, at);
  }
}

void KindMaker::shown(const Kind& kind) {
  const std::vector<std::string> more{"state", "number"};
  const auto known = [&](const Written& name, bool plain) {
    const Field* field = kind.field(name.text);
    if (field && field->personal && !plain) fault(errors::personal_used, {name.text}, name.where);
    if (field || std::find(more.begin(), more.end(), name.text) != more.end()) return;
    std::vector<std::string> all = names_of(kind.fields_);
    all.insert(all.end(), more.begin(), more.end());
    unknown(errors::field_unknown, name, all);
  };
  for (const Written& name : kind.source_.public_fields) known(name, false);
  for (const auto& [view, names] : kind.source_.views)
    for (const Written& name : names) known(name, view == "list" || view == "form" || view == "print");
  for (const auto& [name, posts] : kind.source_.unseal) {
    const Field* field = kind.field(name.text);
    if (!field) unknown(errors::field_unknown, name, names_of(kind.fields_));
    if (field && !field->personal) fault(errors::personal_needless, {name.text}, name.where);
  }
}

void KindMaker::formulas(Kind& kind, const FieldSource& source, Field& field) {
  for (std::size_t i = 0; i < field.spec.rows.size(); ++i) row_formula(kind, field, source.rows[i], field.spec.rows[i]);
  order_rows(source, field);
  if (source.computed && computable(source, field, false))
    field.computed = tree(kind, *source.computed, formula_type(field));
  if (source.take) take(kind, source, field);
}

void KindMaker::checks(Kind& kind, const FieldSource& source, Field& field) {
  if (source.check && field.type != Type::code) {
    field.check = tree(kind, *source.check, flag());
    field.check_text = source.check->text;
  }
}

bool KindMaker::computable(const FieldSource& source, const Field& field, bool in_rows) {
  using enum Type;
  const bool thing = field.type == who || field.type == ref || field.type == file || field.type == place;
  const bool never = field.type == rows || field.type == person || field.type == shape ||
                     (field.type == period && field.spec.period == PeriodKind::week) || (in_rows && thing) ||
                     (field.type == choice && field.spec.many);
  if (field.personal)
    fault(errors::computed_personal, {field.name}, source.name.where);
  else if (never)
    fault(errors::computed_type, {field.name}, source.name.where);
  return !field.personal && !never;
}

void KindMaker::take(const Kind& kind, const FieldSource& source, Field& field) {
  const std::vector<std::string> path = text::split(source.take->text, '.');
  const auto found = kind.names().find(path);
  if (!found || found->item) return unknown(errors::field_unknown, *source.take, kind.names().all());
  if (found->personal || field.personal) return fault(errors::personal_used, {source.take->text}, source.take->where);
  const formula::Type wanted = formula_type(field);
  const bool line = found->type.domain == "line" && field.type == Type::text;
  const bool number = wanted.number() && found->type.unit == wanted.unit && found->type.decimals <= wanted.decimals;
  const bool same = found->type.base == wanted.base && found->type.domain == wanted.domain && field.type != Type::rows;
  if (source.computed || !(line || (same && (number || !wanted.number())) || field.type == Type::period) ||
      !periods_agree(kind, path, field) || found->reach == formula::Reach::roll)
    return fault(errors::take_wrong, {field.name, source.take->text}, source.take->where);
  field.take = path;
}

bool KindMaker::periods_agree(const Kind& kind, const std::vector<std::string>& path, const Field& field) const {
  const Field* from = kind.field(path.front());
  if (from && path.size() == 2) {
    const Kind* other = out_.find(from->spec.to);
    from = other ? other->field(path[1]) : nullptr;
  }
  const bool period = field.type == Type::period || (from && from->type == Type::period);
  return !period || (from && from->type == field.type && from->spec.period == field.spec.period);
}

void KindMaker::row_formula(const Kind& kind, const Field& rows, const FieldSource& source, Field& field) {
  if (!source.computed || !computable(source, field, true)) return;
  const std::vector<std::string> path{rows.name};
  const formula::Names& names = *kind.names().find(path)->item;
  auto read = formula::Tree::parse(source.computed->text, names, formula_type(field), source.computed->where);
  if (!read) return append(read.error());
  if (read->reaches(formula::Reach::now)) fault(errors::stored_wanted, {source.name.text}, source.computed->where);
  field.computed = *std::move(read);
}

void KindMaker::order_rows(const FieldSource& source, Field& rows) {
  std::vector<FieldId> order;
  std::map<FieldId, int> colour;
  const std::function<void(std::size_t)> visit = [&](std::size_t i) {
    const Field& field = rows.spec.rows[i];
    int& mine = colour[field.id];
    if (mine == 1) fault(errors::computed_cycle, {rows.name + "." + field.name}, source.rows[i].name.where);
    if (mine != 0 || !field.computed) return;
    mine = 1;
    for (const std::int64_t read : field.computed->symbols())
      for (std::size_t k = 0; k < rows.spec.rows.size(); ++k)
        if (rows.spec.rows[k].id == FieldId{read}) visit(k);
    mine = 2;
    order.push_back(field.id);
  };
  for (std::size_t i = 0; i < rows.spec.rows.size(); ++i) visit(i);
  rows.spec.row_order = std::move(order);
}

std::vector<FieldId> KindMaker::stored(const Kind& kind, const std::vector<Written>& names) {
  std::vector<FieldId> out;
  for (const Written& name : names) {
    const Field* field = kind.field(name.text);
    if (!field)
      unknown(errors::field_unknown, name, names_of(kind.fields_));
    else if (field->personal)
      fault(errors::personal_used, {name.text}, name.where);
    else if (!field->stored() || field->type == Type::rows)
      fault(errors::stored_wanted, {name.text}, name.where);
    else
      out.push_back(field->id);
  }
  return out;
}

void KindMaker::rights(const Kind& kind, const std::vector<RightSource>& sources, std::vector<Right>& out) {
  for (const RightSource& source : sources) {
    Right right;
    for (const Written& role : source.to) right.to.push_back(role.text);
    if (source.where) right.where = tree(kind, *source.where, flag());
    if (right.where && (right.where->reaches(formula::Reach::roll) || right.where->reaches(formula::Reach::now)))
      fault(errors::stored_wanted, {source.where->text}, source.where->where);
    out.push_back(std::move(right));
  }
}

void KindMaker::flow(Kind& kind) {
  const flow::FlowSource& source = around_.flows.find(kind.source_.flow->text)->second;
  flow::Host host;
  host.names = &kind.names();
  host.field = [&](std::string_view name) { return kind.field(name) != nullptr || name == "level"; };
  host.party = [&](std::string_view name) {
    if (kind.whole()) return true;   // who takes steps of the program's own nouns is asked by its own code
    const Field* field = kind.field(name);
    return (field && field->type == Type::who && !field->personal) ||
           std::find(around_.roles.begin(), around_.roles.end(), name) != around_.roles.end();
  };
  host.type = [&](std::string_view name) {
    const Field* field = kind.field(name);
    return field ? std::optional(formula_type(*field)) : std::nullopt;
  };
  host.fields = names_of(kind.fields_);
  host.parties = around_.roles;
  for (const Field& field : kind.fields_)
    if (field.type == Type::who && !field.personal) host.parties.push_back(field.name);
  auto made = flow::Flow::make(source, host, *out_.limits_, around_.today);
  if (!made) return append(made.error());
  kind.flow_ = *std::move(made);
  for (const flow::StepSource& step : source.steps)
    if (const flow::Step& one = kind.flow_->steps()[kind.flow_->step(step.id.text)];
        one.route != flow::Route::stay && !routed_field(kind, one))
      fault(errors::route_unclear, {step.id.text}, step.route ? step.route->where : step.id.where);
  for (const flow::StepSource& step : source.steps)
    for (const auto& [name, value] : step.set)
      if (const Field* field = kind.field(name.text); field && value.text != "up") settable(*field, name);
}

void KindMaker::settable(const Field& field, const Written& name) {
  if (field.personal) return fault(errors::personal_used, {name.text}, name.where);
  if (!field.typed()) return fault(errors::not_typed, {name.text}, name.where);
  if (field.type == Type::rows || field.type == Type::shape) fault(errors::computed_type, {name.text}, name.where);
}

void KindMaker::mapping(Kind& kind) {
  const MapSource& source = *kind.source_.map;
  KindMap out;
  const auto typed = [&](const Written& name) -> const Field* {
    const Field* field = kind.field(name.text);
    if (!field) return unknown(errors::field_unknown, name, names_of(kind.fields_)), nullptr;
    if (field->personal) return fault(errors::personal_used, {name.text}, name.where), nullptr;
    if (!field->typed()) return fault(errors::not_typed, {name.text}, name.where), nullptr;
    return field;
  };
  std::vector<std::string> states;
  if (kind.flow())
    for (const flow::State& state : kind.flow()->states()) states.push_back(state.id);
  for (const auto& [from, to] : source.states) {
    if (!kind.flow() || kind.flow()->state(to.text) == flow::none) unknown(errors::word_unknown, to, states);
    out.states[from.text] = to.text;
  }
  for (const auto& [name, pairs] : source.codes) {
    const Field* field = typed(name);
    if (!field) continue;
    const CodeList* list = out_.list(field->spec.list);
    std::vector<std::string> codes;
    for (const Code& code : list ? list->codes : std::vector<Code>{}) codes.push_back(code.code);
    if (!list) fault(errors::spec_unknown, {std::string(name_of(field->type)), "codes"}, name.where);
    for (const auto& [from, to] : pairs) {
      if (list && !list->find(to.text)) unknown(errors::word_unknown, to, codes);
      out.codes[field->id][from.text] = to.text;
    }
  }
  for (const auto& [name, text] : source.fields) {
    const Field* field = typed(name);
    if (!field) continue;
    if (field->type == Type::rows || field->type == Type::shape) {
      fault(errors::computed_type, {name.text}, name.where);
      continue;
    }
    auto value = tree(kind, text, formula_type(*field));
    if (value && (value->reaches(formula::Reach::look) || value->reaches(formula::Reach::roll)))
      fault(errors::stored_wanted, {name.text}, text.where);
    if (value) out.fields[field->id] = *std::move(value);
  }
  kind.mapping_ = std::move(out);
}

}   // namespace gangmu::record
