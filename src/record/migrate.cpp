// SPDX-License-Identifier: Apache-2.0
#include "record/migrate.hpp"

#include <algorithm>

#include "record/change.hpp"
#include "record/clocks.hpp"
#include "record/compute.hpp"
#include "record/errors.hpp"
#include "record/tally.hpp"
#include "record/typed.hpp"
#include "record/ways_out.hpp"

namespace gangmu::record {
namespace {

class Migrating {
 public:
  Migrating(const Kind& now, const Catalogue& held, const Kind& next, const Record& record, const World& world,
            std::vector<Unplaced>& unplaced)
      : now_(now),
        held_(held),
        next_(next),
        mapping_(next.mapping() ? *next.mapping() : nothing()),
        before_(record),
        world_(world),
        unplaced_(unplaced) {}

  Result<Event> run() {
    const std::size_t held = unplaced_.size();
    if (!stand()) return Event{};
    if (!before_.voided && !closed()) {
      for (const Field& field : next_.fields()) place(field);
      if (unplaced_.size() == held) TRY(rules());
    }
    if (unplaced_.size() > held) return Event{};
    return told();
  }

 private:
  static const KindMap& nothing() {
    static const KindMap none;
    return none;
  }
  [[nodiscard]] bool closed() const {
    return next_.flow() && next_.flow()->states()[after_.standing.state].kind == flow::StateKind::final;
  }

  void cannot(const std::string& name, const Field* field, std::string value, std::string map, const Diagnostic& why) {
    unplaced_.push_back({.field = name,
                         .zh = field ? field->label(Language::zh) : name,
                         .en = field ? field->label(Language::en) : name,
                         .value = std::move(value),
                         .map = std::move(map),
                         .why = why});
  }
  void cannot(const Field& field, const Value* value, const Error& why) {
    const Json json = value && !std::holds_alternative<Sealed>(*value) ? json_of(field, *value) : Json();
    const std::string text = json.is_null() ? std::string() : json.string() ? *json.string() : json.canonical();
    cannot(field.name, &field, text, (field.type == Type::choice ? "codes." : "fields.") + field.name, why.first());
  }

  /// The record as the next version reads it: clocks and counts it has no name for are left out, a state that is no
  /// more becomes what the map says.
  bool stand() {
    Record plain = before_;
    plain.seq = {};
    Json document = document_of(now_, plain);
    if (const std::string state = document["s"].string_or("");
        next_.flow() && next_.flow()->state(state) == flow::none) {
      const auto mapped = mapping_.states.find(state);
      if (mapped == mapping_.states.end()) {
        cannot("state", nullptr, state, "states." + state, {&errors::state_gone, {}, {}});
        return false;
      }
      document.set("s", mapped->second);
      moved_ = true;
    }
    if (!next_.flow()) {
      for (const char* one : {"s", "e", "c", "n", "u", "r"}) document.object()->erase(one);
    } else {
      if (document["s"].is_null()) document.set("s", next_.flow()->states()[next_.flow()->start()].id);
      keep(document, "c", [&](const std::string& id) { return next_.flow()->clock(id) != flow::none; });
      keep(document, "r", [&](const std::string& id) { return next_.flow()->clock(id) != flow::none; });
      keep(document, "u", [&](const std::string& id) { return next_.flow()->step(id) != flow::none; });
    }
    auto read = record_of(next_, before_.id, document);
    if (!read) {
      cannot("", nullptr, {}, "", read.error().first());
      return false;
    }
    after_ = *std::move(read);
    after_.version = before_.version;
    return true;
  }
  template <class Known>
  static void keep(Json& document, const char* part, const Known& known) {
    Json::Object* members = document.object();
    const auto found = members->find(part);
    if (found == members->end() || !found->second.object()) return;
    std::erase_if(*found->second.object(), [&](const auto& one) { return !known(one.first); });
    if (found->second.object()->empty()) members->erase(found);
  }

  /// Its values mean something else now, whatever they are.
  [[nodiscard]] bool means_other(const Field& field) const {
    const Field* old = now_.field(field.id);
    return old && old->spec.unit_text != field.spec.unit_text;
  }
  [[nodiscard]] Status fits(const Field& field) const {
    const auto held = after_.values.find(field.id);
    const bool there = given(after_.values, field.id);
    if (!there && field.need == Need::always && !field.ended) return fail(errors::wanted, {field.label(Language::zh)});
    if (!there || field.type == Type::rows) return {};
    TRY(fitting(field, held->second, &after_.values, world_.catalogue, world_.now.date()));
    if (!field.check) return {};
    const auto value = formula::evaluate(*field.check, RecordValues(next_, after_, world_));
    if (value && *value == formula::Value(false))
      return fail(errors::check_failed, {field.check_text, field.check_text});
    return {};
  }

  void place(const Field& field) {
    if (!field.typed()) return;
    codes(field);
    if (field.type == Type::rows) return rows(field);
    const auto held = after_.values.find(field.id);
    const bool there = given(after_.values, field.id), fresh = !now_.field(field.id);
    const auto said = mapping_.fields.find(field.id);
    Status fit = fits(field);
    if (there && means_other(field) && said == mapping_.fields.end())
      return cannot(field, &held->second,
                    fail(errors::value_unit,
                         {field.label(Language::zh), field.spec.unit_text, now_.field(field.id)->spec.unit_text})
                        .value());
    if (said != mapping_.fields.end() && (!fit || (there && means_other(field)) || (fresh && !there))) {
      auto value = worked_out(field, said->second, RecordValues(next_, after_, world_), world_.catalogue);
      if (!value) return cannot(field, there ? &held->second : nullptr, value.error());
      store(after_.values, field.id, *std::move(value));
      fit = fits(field);
    }
    if (fit) return;
    const auto now = after_.values.find(field.id);
    cannot(field, now == after_.values.end() ? nullptr : &now->second, fit.error());
  }
  void codes(const Field& field) {
    const auto mapped = mapping_.codes.find(field.id);
    const auto held = after_.values.find(field.id);
    Codes* all =
        mapped == mapping_.codes.end() || held == after_.values.end() ? nullptr : std::get_if<Codes>(&held->second);
    if (!all) return;
    Codes out;
    for (const std::string& code : all->all) {
      const auto to = mapped->second.find(code);
      const std::string& text = to == mapped->second.end() ? code : to->second;
      if (std::find(out.all.begin(), out.all.end(), text) == out.all.end()) out.all.push_back(text);
    }
    *all = std::move(out);
  }
  void rows(const Field& field) {
    const auto held = after_.values.find(field.id);
    const Rows* all = held == after_.values.end() ? nullptr : std::get_if<Rows>(&held->second);
    if (!given(after_.values, field.id) && field.need == Need::always && !field.ended)
      return cannot(field, nullptr, fail(errors::wanted, {field.label(Language::zh)}).value());
    if (!all) return;
    if (all->all.size() > static_cast<std::size_t>(rows_most(field)))
      cannot(field, nullptr,
             fail(errors::rows_too_many, {field.label(Language::zh), std::to_string(rows_most(field))}).value());
    for (const auto& [number, row] : all->all)
      for (const Field& inner : field.spec.rows) {
        const auto cell = row.find(inner.id);
        Status fit;
        if (!inner.typed() || inner.ended) continue;
        if (!given(row, inner.id)) {
          if (inner.need == Need::always) fit = fail(errors::wanted, {inner.label(Language::zh)});
        } else if (const auto fitted = fitting(inner, cell->second, &row, world_.catalogue, world_.now.date());
                   !fitted) {
          fit = fail(fitted.error());
        }
        if (!fit) cannot(field.name + "." + inner.name, &inner, "#" + std::to_string(number), "", fit.error().first());
      }
  }

  /// What is worked out anew, the checks over the whole record, and its clocks.
  Status rules() {
    after_.version = next_.version();
    for (const Diagnostic& one : compute(next_, after_, world_)) cannot(one.where.file, nullptr, {}, "", one);
    for (const Check& check : next_.checks()) {
      const auto value = formula::evaluate(check.holds, RecordValues(next_, after_, world_));
      if (value && *value == formula::Value(false))
        cannot("", nullptr, check.text, "", {&errors::check_failed, {check.text, check.text}, {}});
    }
    if (!next_.flow()) return {};
    const flow::Timing timing{world_.calendar, {}};
    const RecordValues values(next_, after_, world_);
    const flow::Around around{world_.now, timing, world_.catalogue.limits(), values};
    if (moved_ || !now_.flow()) {
      TRY_ASSIGN(after_.standing, flow::moved(*next_.flow(), after_.standing, after_.standing.state, around));
    } else {
      TRY_ASSIGN(after_.standing, flow::edited(*next_.flow(), after_.standing, around));
    }
    mark_due(next_, after_);
    return {};
  }

  /// The smallest patch. Where nothing but the version differs there is none.
  Result<Event> told() {
    Event out;
    Record plain = before_;
    plain.seq = {};
    const World then_world{world_.now, held_, world_.calendar, world_.actor, world_.lookup, world_.lines};
    TRY_ASSIGN(const Contributions then, contributions(now_, plain, then_world));
    TRY_ASSIGN(const Contributions now, contributions(next_, after_, world_));
    out.tallies = changes(then.all, now.all);
    out.beside = changes(then.beside, now.beside);
    if (!before_.voided) {
      after_.next = {};
      if (const auto next = next_firing(next_, after_, world_)) after_.next = next->at;
    }
    after_.seq = {};
    out.patch = difference(document_of(now_, plain), document_of(next_, after_));
    const auto* patch = out.patch.object();
    const bool same =
        patch && std::all_of(patch->begin(), patch->end(), [](const auto& one) { return one.first == "v"; });
    if (same && out.tallies.empty() && out.beside.empty()) return Event{};
    out.step = step_migrate;
    return out;
  }

  const Kind& now_;
  const Catalogue& held_;
  const Kind& next_;
  const KindMap& mapping_;
  const Record& before_;
  const World& world_;
  std::vector<Unplaced>& unplaced_;
  Record after_;
  bool moved_ = false;
};

}   // namespace

Result<Event> migrated(const Kind& now, const Catalogue& held, const Kind& next, const Record& record,
                       const World& world, std::vector<Unplaced>& unplaced) {
  return Migrating(now, held, next, record, world, unplaced).run();
}

}   // namespace gangmu::record
