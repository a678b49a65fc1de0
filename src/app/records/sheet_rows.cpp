// SPDX-License-Identifier: Apache-2.0
#include "app/records/sheet_rows.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/records/wire.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"
#include "store/errors.hpp"

namespace gangmu::app {
namespace {

using record::ColumnUse;
using record::Value;

constexpr std::size_t no_cell = SIZE_MAX;

std::set<PlaceId> homes_of(const place::Tree& tree) {
  std::set<PlaceId> out;
  for (place::NodeIndex node = 0; node < tree.size(); ++node) out.insert(tree.home(node));
  return out;
}

/// How it is sealed: the text a person typed, else canonical JSON.
std::string clear_text(const record::Field& field, const Value& value) {
  const Json json = record::json_of(field, value);
  return json.string() ? *json.string() : json.canonical();
}

}   // namespace

std::string_view name_of(RowAct act) {
  static constexpr std::string_view names[] = {"new", "changed", "unchanged", "left", "clash", "fault"};
  return names[static_cast<std::size_t>(act)];
}

bool imports(const record::Kind& kind, const Hat& hat) {
  const auto& roles = kind.source().import;
  return roles.empty() || hat.role.empty() ||
         std::ranges::any_of(roles, [&](const Written& one) { return one.text == hat.role || one.text == "units"; });
}

SheetRows::SheetRows(const Desk& desk, const record::Columns& columns, const SheetReading& reading,
                     const SheetWish& wish, const SheetNames& names, Seq seen)
    : desk_(desk),
      columns_(columns),
      kind_(columns.kind()),
      reading_(reading),
      wish_(wish),
      names_(names),
      seen_(seen),
      place_(kind_.field("place")) {
  for (const record::Field& field : kind_.fields())
    if (!place_ && field.type == record::Type::place && field.stored() && !field.personal) place_ = &field;
}

Status SheetRows::look(store::Database& database) {
  const bool by_number = reading_.matching.use(ColumnUse::number) != nullptr;
  for (const PlaceId home : homes_of(desk_.picture().tree())) {
    if (!kind_.key().empty())
      TRY(store::records::each_claim(
          database, home, kind_.id(), "key",
          [&](std::string_view value, const record::RecordId& id) { keys_.emplace(value, id); }));
    if (by_number)
      TRY(store::records::each_claim(
          database, home, kind_.id(), "no",
          [&](std::string_view value, const record::RecordId& id) { numbers_.emplace(value, id); }));
  }
  return {};
}

std::size_t SheetRows::column_of(record::FieldId field) const {
  const record::ColumnMatch* match = reading_.matching.of(field);
  return match ? match->column : no_cell;
}

void SheetRows::fault(SheetRow& out, const ErrorKind& kind, std::vector<std::string> arguments, std::size_t column) {
  Position where = reading_.grid->position(out.row, column == no_cell ? 0 : column);
  if (column == no_cell) where.cell.clear();
  where.line = static_cast<int>(out.row) + 1;
  if (column != no_cell) where.column = static_cast<int>(column) + 1;
  out.faults.push_back({&kind, std::move(arguments), std::move(where)});
}

/// Faults of a decision name the field; here the cell is told.
void SheetRows::fault(SheetRow& out, const Error& error) {
  for (const Diagnostic& one : error.all()) {
    const record::Field* field = kind_.field(one.where.file);
    fault(out, *one.kind, one.arguments, field ? column_of(field->id) : no_cell);
  }
}

bool SheetRows::same(const record::Record& record, const record::Field& field, const Value& said,
                     const Value& held) const {
  const auto* sealed = std::get_if<record::Sealed>(&held);
  if (!sealed || std::holds_alternative<record::Sealed>(said)) return said == held;
  if (said.gap() || !desk_.picture().may(Permission::see_persons, desk_.node_of(kind_, record))) return false;
  const auto open = open_sealed_text(desk_.picture().store->vault(), record_subject(record.id), sealed->bytes);
  return open && *open == clear_text(field, said);
}

Status SheetRows::within(const Hat& hat, const record::Values& values) const {
  for (const auto& [field, value] : values) {
    if (const auto* place = std::get_if<PlaceId>(&value); place && !desk_.reaches(hat, *place))
      return fail(errors::not_yours, {"登记或移交到该地区", kind_.label(Language::zh),
                                      "enter it, or hand it over, there", kind_.label(Language::en)});
    if (const auto* id = std::get_if<record::RecordId>(&value)) {
      const record::Columns* columns = desk_.picture().view->records.find(id->kind);
      if (!columns || !desk_.sees(*columns, *id)) return fail(errors::unknown_record, {id->text()});
    }
  }
  return {};
}

Result<SheetRow> SheetRows::read(store::Database& database, Seq as_of, std::size_t index) {
  SheetRow out;
  out.row = reading_.table.rows[index];
  record::Values said;
  std::string shown;
  for (const record::ColumnMatch& match : reading_.matching.columns) {
    if (!match.field) continue;
    const GridCell& cell = reading_.grid->at(out.row, match.column);
    if (match.field->personal && text::trim(cell.text) == hidden_person) continue;   // as it was exported
    auto value = record::cell_value(*match.field, desk_.catalogue(), cell, match.factor, names_);
    if (!value) {
      SheetRow told;
      told.row = out.row;
      for (const Diagnostic& one : value.error().all()) fault(told, *one.kind, one.arguments, match.column);
      out.unread[match.field->id] = std::move(told.faults);
    } else if (*value) {
      said[match.field->id] = **std::move(value);
      out.hidden.hide_in(*match.field, said[match.field->id], match.field->name, desk_.picture().tree());
    }
  }
  for (const record::FieldId id : kind_.title())
    if (const std::size_t column = column_of(id); column != no_cell) {
      const std::string text(text::trim(reading_.grid->at(out.row, column).shown()));
      if (!text.empty()) shown += (shown.empty() ? "" : " ") + masked(text);
    }
  out.title = shown;
  std::optional<PlaceId> place;
  if (place_)
    if (const auto found = said.find(place_->id); found != said.end())
      if (const auto* typed = std::get_if<PlaceId>(&found->second)) place = *typed;
  if (place) places_.insert(*place);
  find(out, said, place);
  if (leaves(out)) {
    out.faults.clear();
    out.unread.clear();
    out.act = RowAct::left;
  }
  if (out.faults.empty() && out.act == RowAct::left) return out;
  if (out.id && out.faults.empty()) {
    TRY(compare(database, as_of, out, std::move(said)));
    return out;
  }
  unread_are_faults(out);
  if (out.faults.empty()) begin(out, std::move(said), place);
  return out;
}

void SheetRows::unread_are_faults(SheetRow& out) {
  for (auto& [field, faults] : out.unread) out.faults.insert(out.faults.end(), faults.begin(), faults.end());
  out.unread.clear();
  std::ranges::stable_sort(out.faults, {}, [](const Diagnostic& one) { return one.where.column; });
  if (!out.faults.empty()) out.act = RowAct::fault;
}

void SheetRows::read_as_held(SheetRow& out, record::Values& said, const record::Values& values) const {
  std::erase_if(out.unread, [&](const auto& one) {
    const auto held = values.find(one.first);
    if (held == values.end()) return false;
    const record::Field& field = *kind_.field(one.first);
    const std::string shown = wire::value_text(desk_.picture(), desk_.catalogue(), field, held->second, Language::zh);
    if (field.personal || text::trim(reading_.grid->at(out.row, column_of(one.first)).shown()) != shown) return false;
    said[one.first] = held->second;
    return true;
  });
}

/// By the address it was exported with, by its number, by its key. What tells nothing begins a record.
void SheetRows::find(SheetRow& out, const record::Values& said, std::optional<PlaceId> place) {
  const auto text_in = [&](ColumnUse use) {
    const record::ColumnMatch* match = reading_.matching.use(use);
    return match ? std::string(text::trim(reading_.grid->at(out.row, match->column).shown())) : std::string();
  };
  const auto at = [&](ColumnUse use) { return reading_.matching.use(use)->column; };
  const std::string address = text_in(ColumnUse::address), number = text_in(ColumnUse::number);
  const place::NodeIndex node = place                  ? desk_.picture().tree().find(*place)
                                : desk_.hats().empty() ? 0
                                                       : desk_.hats().front().node;
  out.home = desk_.picture().tree().home(node);
  if (!address.empty()) {
    const auto id = record::RecordId::parse(address);
    if (!id || id->kind != kind_.id() || !desk_.sees(columns_, *id))
      return fault(out, errors::unknown_record, {address}, at(ColumnUse::address));
    out.id = *id;
    const std::string seq = text_in(ColumnUse::seq);
    const auto base = record::typed_number(seq);
    if (!seq.empty() && (!base || base->scale() != 0 || base->units() < 0))
      return fault(out, record::errors::cell_unread, {"序号", seq, "导出时的序号", "the seq it was exported at"},
                   at(ColumnUse::seq));
    out.base = base && !seq.empty() ? Seq{std::min(base->units(), seen_.value)} : seen_;
  } else {
    out.base = seen_;
    if (const auto [first, last] = numbers_.equal_range(number); !number.empty() && first != last) {
      if (std::next(first) != last || !desk_.sees(columns_, first->second))
        return fault(out, errors::unknown_record, {number}, at(ColumnUse::number));
      out.id = first->second;
    } else if (!kind_.key().empty()) {
      by_key(out, said);
      if (!out.faults.empty()) return;
    }
  }
  if (out.id) {
    const auto before = rows_by_record_.find(*out.id);
    if (before != rows_by_record_.end())
      return fault(out, errors::sheet_row_twice, {std::to_string(out.row + 1), std::to_string(before->second + 1)},
                   no_cell);
    if (!leaves(out)) rows_by_record_.emplace(*out.id, out.row);
    met_.insert(*out.id);
  }
  const bool takes = out.id ? wish_.mode != SheetWish::Mode::add : wish_.mode != SheetWish::Mode::update;
  if (!takes) out.act = RowAct::left;
}

void SheetRows::by_key(SheetRow& out, const record::Values& said) {
  std::string key;
  for (const record::FieldId id : kind_.key()) {
    const auto found = said.find(id);
    if (out.unread.contains(id)) return unread_are_faults(out);
    if (found == said.end() || found->second.gap())
      return fault(out, record::errors::wanted, {kind_.field(id)->label(Language::zh)}, column_of(id));
    // A number stands in a key as its field stores it.
    const auto fits = record::fitting_clear(*kind_.field(id), found->second, desk_.catalogue(), desk_.now().date());
    if (!fits) return fault(out, fits.error());
    key += (key.empty() ? "" : "\n") + record::key_text(*kind_.field(id), *fits);
  }
  const std::string at_home = key + "\n" + std::to_string(out.home.value);
  if (const auto before = rows_by_key_.find(at_home); before != rows_by_key_.end())
    return fault(out, errors::sheet_row_twice, {std::to_string(out.row + 1), std::to_string(before->second + 1)},
                 column_of(kind_.key().front()));
  if (!leaves(out)) rows_by_key_.emplace(at_home, out.row);
  // The key is unique at home: of several that bear it the one at this row's home; with no place told, any one.
  const auto [first, last] = keys_.equal_range(key);
  std::optional<record::RecordId> found, alone;
  for (auto at = first; at != last; ++at) {
    if (at->second.home == out.home) found = at->second;
    if (desk_.sees(columns_, at->second)) alone = alone ? std::optional<record::RecordId>() : at->second;
  }
  const bool placed = place_ && said.contains(place_->id);
  if (!found && !placed) found = alone;
  if (found && !desk_.sees(columns_, *found))
    return fault(out, errors::key_taken, {key, found->text()}, column_of(kind_.key().front()));
  out.id = found;
}

/// What was said of a single cell goes before what is said of all.
void SheetRows::settle(const SheetRow& row, const record::Values& said, record::RowEdit& edit) const {
  const auto choice = [&](record::FieldId id) { return wish_.choices.sheet_holds(row.row + 1, kind_.field(id)->name); };
  std::erase_if(edit.typed, [&](const auto& one) { return choice(one.first) == false; });
  for (const record::FieldId id : edit.clashes)
    if (choice(id) == true) edit.typed[id] = said.at(id);
  std::erase_if(edit.clashes, [&](record::FieldId id) { return choice(id).has_value(); });
}

Status SheetRows::compare(store::Database& database, Seq as_of, SheetRow& out, record::Values said) {
  TRY_ASSIGN(const auto document, store::records::document(database, *out.id, as_of));
  if (!document) {
    fault(out, errors::unknown_record, {out.id->text()}, no_cell);
    return {};
  }
  TRY_ASSIGN(const record::Record held, record::record_of(kind_, *out.id, *document));
  std::optional<record::Record> base;
  if (held.seq > out.base) {
    TRY_ASSIGN(const auto then, store::records::document(database, *out.id, out.base));
    if (!then) {   // it came after the picture the office looked at
      fault(out, errors::import_overtaken, {out.id->text()}, no_cell);
      return {};
    }
    TRY_ASSIGN(base, record::record_of(kind_, *out.id, *then));
  }
  if (out.title.empty()) out.title = wire::title(desk_.picture(), kind_, held);
  read_as_held(out, said, base ? base->values : held.values);
  read_as_held(out, said, held.values);
  unread_are_faults(out);
  if (!out.faults.empty()) return {};
  record::RowEdit edit = record::row_edit(
      kind_.fields(), said, held.values, base ? &base->values : nullptr,
      [&](const record::Field& field, const Value& a, const Value& b) { return same(held, field, a, b); });
  settle(out, said, edit);
  if (wish_.clash == SheetWish::Clash::sheet)
    for (const record::FieldId id : edit.clashes) edit.typed[id] = said.at(id);
  if (wish_.clash != SheetWish::Clash::ask) edit.clashes.clear();
  for (const record::FieldId id : edit.clashes) {
    fault(out, record::errors::changed_meanwhile, {kind_.field(id)->label(Language::zh)}, column_of(id));
    out.typed[id] = said.at(id);
  }
  for (auto& [id, value] : edit.typed) out.typed[id] = std::move(value);
  for (const auto& [id, value] : out.typed)
    if (const auto now = held.values.find(id); now != held.values.end()) out.held[id] = now->second;
  out.clashes = std::move(edit.clashes);
  out.act = !out.clashes.empty() ? RowAct::clash : out.typed.empty() ? RowAct::unchanged : RowAct::changed;
  if (out.act != RowAct::changed) return {};
  RecordTables tables(database, *desk_.picture().view, as_of);
  out.hat = desk_.for_edit(kind_, held, tables);
  TRY(tables.status());
  if (!out.hat || !imports(kind_, *out.hat)) {
    fault(out, errors::not_yours, {"修改", kind_.label(Language::zh), "edit records", kind_.label(Language::en)},
          no_cell);
    out.act = RowAct::fault;
  }
  return {};
}

void SheetRows::begin(SheetRow& out, record::Values said, std::optional<PlaceId> place) {
  out.act = RowAct::fresh;
  std::erase_if(said, [](const auto& one) { return one.second == Value(record::Gap::missing); });
  out.typed = std::move(said);
  out.hat = desk_.for_create(kind_, place);
  if (out.hat && imports(kind_, *out.hat)) return;
  fault(out, errors::not_yours, {"登记", kind_.label(Language::zh), "enter records", kind_.label(Language::en)},
        place_ ? column_of(place_->id) : no_cell);
  out.act = RowAct::fault;
}

Result<record::Event> SheetRows::decided(store::Database& database, Seq as_of, Instant now, const SheetRow& row,
                                         const record::RecordId& id, const std::string& no, const SealFor& seal) {
  SheetRow told;
  told.row = row.row;
  std::optional<record::Record> before;
  if (row.id) {
    TRY_ASSIGN(const auto document, store::records::document(database, id, as_of));
    if (!document) return fail(errors::unknown_record, {id.text()});
    TRY_ASSIGN(before, record::record_of(kind_, id, *document));
  }
  record::Asked asked{.step = before ? "edit" : "create", .typed = row.typed, .reason = {}, .base = {}, .no = no};
  if (const Status may = within(*row.hat, asked.typed); !may) fault(told, may.error());
  for (auto& [field_id, value] : asked.typed) {
    const record::Field& field = *kind_.field(field_id);
    if (!field.personal || value.gap()) continue;
    const auto fits = record::fitting_clear(field, value, desk_.catalogue(), now.date());
    if (!fits) {
      for (const Diagnostic& one : fits.error().all()) fault(told, *one.kind, one.arguments, column_of(field_id));
      continue;
    }
    if (desk_.picture().store->vault().erased(record_subject(id))) {
      fault(told, store::errors::subject_erased, {}, column_of(field_id));
      continue;
    }
    TRY_ASSIGN(value, seal(id, clear_text(field, value)));
  }
  if (!told.faults.empty()) return fail(std::move(told.faults));
  if (const std::string originals = row.hidden.originals();
      !originals.empty() && !desk_.picture().store->vault().erased(record_subject(id))) {
    TRY_ASSIGN(const record::Sealed sealed, seal(id, originals));
    asked.sealed = sealed.bytes;
  }
  RecordTables tables(database, *desk_.picture().view, as_of);
  record::World world = desk_.world(*row.hat, tables);
  world.now = now;
  auto event = record::decide(kind_, before ? &*before : nullptr, id, asked, world);
  TRY(tables.status());
  if (!event) {
    fault(told, event.error());
    wanted(told, before ? before->values : record::Values{}, row.typed);
  }
  if (event) claim(told, id, *event);
  if (!told.faults.empty()) return fail(std::move(told.faults));
  return event;
}

/// A decision that finds a wrong value looks no further; the office is told of what is missing as well.
void SheetRows::wanted(SheetRow& told, const record::Values& before, const record::Values& typed) {
  for (const record::Field& field : kind_.fields()) {
    if (field.need != record::Need::always || !record::importable(field)) continue;
    const auto now = typed.find(field.id), then = before.find(field.id);
    const bool given = now != typed.end() ? !(now->second == Value(record::Gap::missing)) : then != before.end();
    const bool said = std::ranges::any_of(told.faults, [&](const Diagnostic& one) {
      return one.is(record::errors::wanted) && one.arguments.front() == field.label(Language::zh);
    });
    if (!given && !said) fault(told, record::errors::wanted, {field.label(Language::zh)}, column_of(field.id));
  }
  std::ranges::stable_sort(told.faults, {}, [](const Diagnostic& one) { return one.where.column; });
}

/// A key stands once at home: neither in another record nor in another row.
void SheetRows::claim(SheetRow& told, const record::RecordId& id, const record::Event& event) {
  const std::string key = event.patch["k"]["key"].string_or("");
  if (key.empty()) return;
  const std::size_t column = column_of(kind_.key().front());
  const auto [first, last] = keys_.equal_range(key);
  for (auto at = first; at != last; ++at)
    if (at->second.home == id.home && at->second != id)
      return fault(told, errors::key_taken, {key, at->second.text()}, column);
  const auto [before, fresh] = claims_.try_emplace({id.home, key}, told.row);
  if (!fresh)
    fault(told, errors::sheet_row_twice, {std::to_string(told.row + 1), std::to_string(before->second + 1)}, column);
}

}   // namespace gangmu::app
