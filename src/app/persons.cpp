// SPDX-License-Identifier: Apache-2.0
#include "app/persons.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "base/text.hpp"
#include "plan/register_persons.hpp"
#include "plan/register_sign_off.hpp"
#include "base/personal_number.hpp"
#include "plan/task_kind.hpp"
#include "plan/task_register.hpp"
#include "store/errors.hpp"
#include "store/imports.hpp"
#include "store/records.hpp"

namespace gangmu::app {
namespace {

constexpr std::array<std::string_view, 14> person_words = {"联系人", "联系电话", "联系方式", "电话",    "手机",
                                                           "填报人", "填表人",   "审核人",   "制表人",  "经办人",
                                                           "负责人", "责任人",   "联络员",   "分管领导"};

/// Length in bytes of a colon at `at`, 0 when there is none.
std::size_t colon(std::string_view s, std::size_t at) {
  if (s.substr(at).starts_with(':')) return 1;
  return s.substr(at).starts_with("：") ? std::string_view("：").size() : 0;
}

/// Length in bytes of what ends a name, at the beginning of `rest`; 0 when it goes on.
std::size_t name_end(std::string_view rest) {
  static constexpr std::array<std::string_view, 11> ends = {" ",  "　", "\t", "\n", "，", ",",
                                                            "；", ";",  "。", "）", ")"};
  const auto found = std::ranges::find_if(ends, [&](std::string_view end) { return rest.starts_with(end); });
  return found == ends.end() ? 0 : found->size();
}

/// The word before a colon.
std::string_view label_at_end(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::size_t begin = text.size() > longest ? text.size() - longest : 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    for (const std::string_view sign : {"、", "（", "(", "【", "："}) {
      if (text.substr(i).starts_with(sign)) begin = i + sign.size();
    }
    if (const std::size_t stop = name_end(text.substr(i)); stop > 0) begin = i + stop;
  }
  return text.substr(begin);
}

/// 填表人：钱某; 牵头领导：李四光, where it is spelled as a name; not 组织领导：压实责任.
bool names_somebody(std::string_view label, std::string_view value) {
  const bool known = std::ranges::any_of(person_words, [&](std::string_view word) { return label.ends_with(word); });
  return known || (plan::names_a_post(label) && plan::spelled_as_names(value));
}

Json& hide_texts(Json& json, std::string (*hidden)(std::string_view)) {
  if (const std::string* text = json.string()) return json = Json(hidden(*text));
  if (auto* list = json.array()) {
    for (Json& item : *list) hide_texts(item, hidden);
  }
  if (auto* object = json.object()) {
    for (auto& [key, value] : *object) hide_texts(value, hidden);
  }
  return json;
}

std::string base64(const store::Bytes& sealed) {
  std::string out((sealed.data.size() + 2) / 3 * 4 + 1, '\0');
  const int n =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(sealed.data.data()), static_cast<int>(sealed.data.size()));
  out.resize(static_cast<std::size_t>(n));
  return out;
}

}   // namespace

std::string masked(std::string_view text) { return without_personal_numbers(text, hidden_person); }

std::string masked_note(std::string_view given) {
  std::string out;
  for (std::size_t i = 0; i < given.size();) {
    const std::size_t mark = colon(given, i);
    std::size_t name = i + mark;
    while (mark > 0 && name < given.size() && name_end(given.substr(name)) > 0) name += name_end(given.substr(name));
    std::size_t end = name;
    while (mark > 0 && end < given.size() && name_end(given.substr(end)) == 0) ++end;
    if (mark == 0 || end == name || !names_somebody(label_at_end(out), given.substr(name, end - name))) {
      const std::size_t next = std::max<std::size_t>(mark, 1);
      out += given.substr(i, next);
      i += next;
      continue;
    }
    out += given.substr(i, name - i);
    out += hidden_person;
    i = end;
  }
  return masked(out);
}

std::vector<TaskPerson> take_persons(plan::Task& task) {
  namespace field = plan::task_field;
  std::vector<TaskPerson> out;
  const auto take = [&](record::FieldId id, const std::string& head, Personal<std::string>& person) {
    if (!person.empty()) out.push_back({id, head, std::move(person)});
    person = Personal<std::string>();
  };
  take(field::leader, {}, task.leader);
  take(field::contact, {}, task.contact);
  for (auto& [header, person] : task.persons) out.push_back({field::persons, header, person});
  task.persons.clear();
  for (auto& [header, value] : task.extra) {
    std::string hidden = masked(value);
    if (hidden == value) continue;
    out.push_back({field::originals, header, Personal<std::string>(std::exchange(value, std::move(hidden)))});
  }
  return out;
}

Result<std::vector<record::Values>> seal_persons(store::Vault& vault, const std::vector<PersonsOf>& all) {
  std::vector<store::Sealing> sealings;
  for (const PersonsOf& one : all)
    for (const TaskPerson& person : one.persons) sealings.push_back({record_subject(one.id), person.text});
  TRY_ASSIGN(const std::vector<store::Bytes> sealed, vault.seal_all(sealings));
  std::vector<record::Values> out(all.size());
  std::size_t n = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const TaskPerson& person : all[i].persons) {
      const record::Value value(record::Sealed{base64(sealed[n++])});
      if (person.head.empty()) {
        out[i][person.field] = value;
        continue;
      }
      record::Value& held = out[i].try_emplace(person.field, record::Rows{}).first->second;
      record::Rows& rows = std::get<record::Rows>(held);
      // New rows are typed under 0, -1, -2 …
      rows.all[-static_cast<int>(rows.all.size())] = {{plan::task_field::head, record::Value(person.head)},
                                                      {plan::task_field::text, value}};
    }
  return out;
}

Result<Json> open_task_persons(const store::Vault& vault, const record::RecordId& id, const record::Values& values,
                               const std::string& actor, const std::string& reason) {
  namespace field = plan::task_field;
  Json out(Json::Object{});
  const auto open = [&](Json& into, const std::string& name, const record::Value& value) -> Status {
    const auto* sealed = std::get_if<record::Sealed>(&value);
    if (!sealed) return {};
    TRY_ASSIGN(std::string clear, open_record_text(vault, id, sealed->bytes, actor, reason));
    into.set(name, std::move(clear));
    return {};
  };
  for (const auto& [number, name] : {std::pair{field::leader, "leader"}, {field::contact, "contact"}})
    if (const auto held = values.find(number); held != values.end()) TRY(open(out, name, held->second));
  for (const auto& [number, name] : {std::pair{field::persons, "persons"}, {field::originals, "extra"}}) {
    const auto held = values.find(number);
    const auto* rows = held == values.end() ? nullptr : std::get_if<record::Rows>(&held->second);
    if (!rows) continue;
    Json all(Json::Object{});
    for (const auto& [row, cells] : rows->all) {
      const auto head = cells.find(field::head), text = cells.find(field::text);
      const auto* title = head == cells.end() ? nullptr : std::get_if<std::string>(&head->second);
      if (title && text != cells.end()) TRY(open(all, *title, text->second));
    }
    out.set(name, std::move(all));
  }
  return out;
}

std::string task_subject(PlaceId home, const std::string& id) {
  return "task:" + std::to_string(home.value) + ":" + id;
}
std::string record_subject(const record::RecordId& id) { return "record:" + id.text(); }

std::string import_subject(const std::string& id) { return "import:" + id; }

std::size_t sealed_size(std::size_t bytes) { return (bytes + store::most_overhead + 2) / 3 * 4; }

Result<std::string> seal_text(store::Vault& vault, const std::string& subject, std::string bytes) {
  TRY_ASSIGN(const store::Bytes sealed, vault.seal(subject, Personal<std::string>(std::move(bytes))));
  return base64(sealed);
}

namespace {

Result<std::string> opened(const store::Vault& vault, const std::string& subject, const std::string& sealed,
                           const UnmaskPermit& permit) {
  store::Bytes bytes{std::string(sealed.size() / 4 * 3 + 1, '\0')};
  const int n = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data.data()),
                                reinterpret_cast<const unsigned char*>(sealed.data()), static_cast<int>(sealed.size()));
  if (n < 0) return fail(store::errors::sealed_malformed, {"不是 base64", "it is no base64"});
  bytes.data.resize(static_cast<std::size_t>(n) - static_cast<std::size_t>(sealed.ends_with("==")  ? 2
                                                                           : sealed.ends_with('=') ? 1
                                                                                                   : 0));
  return vault.open(subject, bytes, permit);
}

}   // namespace

Result<std::string> open_sealed_text(const store::Vault& vault, const std::string& subject, const std::string& sealed) {
  return opened(vault, subject, sealed, UnmaskPermit::grant("ledger reader", "to read an uploaded ledger again"));
}

Result<std::vector<TaskPerson>> open_old_persons(const store::Vault& vault, const std::string& subject,
                                                 const store::Bytes& sealed) {
  namespace field = plan::task_field;
  TRY_ASSIGN(const std::string text, vault.open(subject, sealed, UnmaskPermit::grant("upgrade", "to seal it anew")));
  TRY_ASSIGN(const Json held, Json::parse(text));
  std::vector<TaskPerson> out;
  const auto take = [&](record::FieldId id, const std::string& head, const Json& json) {
    if (const std::string* value = json.string()) out.push_back({id, head, Personal<std::string>(*value)});
  };
  take(field::leader, {}, held["leader"]);
  take(field::contact, {}, held["contact"]);
  for (const auto& [id, key] : {std::pair{field::persons, "persons"}, {field::originals, "extra"}})
    if (const auto* all = held[key].object())
      for (const auto& [head, json] : *all) take(id, head, json);
  return out;
}

Result<std::string> seal_anew(store::Vault& vault, const std::string& subject, const std::string& sealed,
                              const std::string& to) {
  TRY_ASSIGN(std::string text, opened(vault, subject, sealed, UnmaskPermit::grant("upgrade", "to seal it anew")));
  return seal_text(vault, to, std::move(text));
}

Result<std::string> open_record_text(const store::Vault& vault, const record::RecordId& id, const std::string& sealed,
                                     const std::string& actor, const std::string& reason) {
  return opened(vault, record_subject(id), sealed, UnmaskPermit::grant(actor, reason));
}

Result<std::string> open_record_file(const store::Vault& vault, const record::RecordId& id, const store::Bytes& sealed,
                                     const std::string& actor, const std::string& reason) {
  return vault.open(record_subject(id), sealed, UnmaskPermit::grant(actor, reason));
}

Result<std::string> open_account_secret(const store::Vault& vault, const store::Account& account) {
  return vault.open("account:" + account.id, account.secret, UnmaskPermit::grant("sign-in", "to check who it is"));
}

Result<Json> open_account_person(const store::Vault& vault, const store::Account& account, const std::string& actor) {
  TRY_ASSIGN(const std::string text,
             vault.open("account:" + account.id, account.person, UnmaskPermit::grant(actor, "to show an account")));
  return Json::parse(text);
}

std::string name_of(const store::View& view, const store::Vault& vault, std::string_view actor) {
  if (const std::size_t cut = actor.find('/'); cut != std::string_view::npos)
    return name_of(view, vault, actor.substr(0, cut)) + "（代" + name_of(view, vault, actor.substr(cut + 1)) + "）";
  if (actor == "local") return "本机用户";
  if (actor == "console") return "控制台";
  if (actor == "upgrade") return "升级程序";
  if (actor == "nobody") return "未登录者";
  std::string name(actor);
  view.accounts.for_each([&](const store::Account& account) {
    if (account.id != actor) return;
    const auto person = open_account_person(vault, account, "name of an actor");
    name = person ? (*person)["name"].string_or(account.login)
                  : account.login;   // erased: the sign-in name is what is left
  });
  return name;
}

Status check_keys(store::Database& database, const store::Vault& vault) {
  TRY_ASSIGN(const auto accounts, store::accounts::load(database));
  TRY_ASSIGN(const auto imports, store::imports::load(database));
  std::set<std::string> unknown;
  const auto look = [&](std::string subject) {
    if (!vault.knows(subject)) unknown.insert(std::move(subject));
  };
  accounts.for_each([&](const store::Account& account) {
    if (!account.person.data.empty() || !account.secret.data.empty()) look(account_subject(account.id));
  });
  imports.for_each([&](const store::ImportBatch& row) {
    if (!row.body["sealed"].is_null())
      look(import_subject(row.id.substr(0, row.id.rfind('.'))));   // "<id>.file", "<id>.layout"
  });
  TRY(store::records::for_each(database, [&](const record::Change& one) -> Status {
    if (one.document["f"].canonical().find(R"({"sealed":)") != std::string::npos) look(record_subject(one.id));
    return {};
  }));
  if (unknown.empty()) return {};
  return fail(errors::subject_keys_missing, {std::to_string(unknown.size()), *unknown.begin()});
}

namespace {

std::set<std::size_t> columns_of_persons(const Json& table) {
  std::set<std::size_t> out;
  for (const Json& column : table["columns"].array() ? *table["columns"].array() : Json::Array{}) {
    const auto field = plan::task_field_of(column["field"].string_or(""));
    if (field && (plan::personal_field(*field) || column["mixed"].boolean_or(false)))
      out.insert(static_cast<std::size_t>(column["column"].integer_or(0)));
  }
  return out;
}

/// Columns of persons by the row from which they hold: a sheet may have several tables.
std::map<std::size_t, std::set<std::size_t>> tables_of_persons(const Json& layout) {
  std::map<std::size_t, std::set<std::size_t>> out;
  out[0] = columns_of_persons(layout);
  for (const Json& table : layout["further"].array() ? *layout["further"].array() : Json::Array{})
    out[static_cast<std::size_t>(table["row"].integer_or(0))] = columns_of_persons(table);
  return out;
}

/// A cell of a row that is no task: a text, or {"number": …}.
std::string cell_text(const Json& cell) {
  if (const std::string* text = cell.string()) return *text;
  return cell["number"].string_or(cell["date"].string_or(""));
}

void hide_signatures(Json::Array& cells) {
  std::vector<std::string> texts;
  for (const Json& cell : cells) texts.push_back(cell_text(cell));
  const std::vector<std::string> shown = plan::without_signatures(texts);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (shown[i] != texts[i]) cells[i] = Json(shown[i]);
  }
}

}   // namespace

Json public_layout(Json layout) {
  const auto personal = tables_of_persons(layout);
  auto* object = layout.object();
  if (object) {
    hide_texts((*object)["columns"], masked);
    if (object->contains("further")) hide_texts((*object)["further"], masked);
  }
  const auto rows = object ? object->find("rows") : Json::Object::iterator();
  if (!object || rows == object->end() || !rows->second.array()) return layout;
  for (std::size_t r = 0; r < rows->second.array()->size(); ++r) {
    Json& row = (*rows->second.array())[r];
    if (!row.object()) continue;
    Json& cells = (*row.object())["cells"];
    const std::string kind = row["kind"].string_or("");
    if (kind == "sign_off" && cells.array()) hide_signatures(*cells.array());
    hide_texts(cells, kind == "task" || kind == "sign_off" ? masked : masked_note);
    if (kind == "task" || kind == "header" || kind == "repeated_header" || !cells.array()) continue;
    for (const std::size_t column : std::prev(personal.upper_bound(r))->second) {
      if (column < cells.array()->size() && !(*cells.array())[column].is_null())
        (*cells.array())[column] = Json(hidden_person);
    }
  }
  return layout;
}

}   // namespace gangmu::app
