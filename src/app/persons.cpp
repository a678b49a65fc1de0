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
#include "plan/task_register.hpp"
#include "store/errors.hpp"
#include "store/imports.hpp"
#include "store/records.hpp"
#include "store/tasks.hpp"

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

TakenPerson take_person(plan::Task& task) {
  const auto permit = UnmaskPermit::grant("ledger reader", "to seal the persons of a task");
  TakenPerson out;
  Json kept(Json::Object{});
  const auto take = [&](const char* name, Personal<std::string>& person) {
    if (person.empty()) return;
    kept.set(name, person.open(permit));
    out.names.emplace_back(name);
    person = Personal<std::string>();
  };
  take("leader", task.leader);
  take("contact", task.contact);
  Json extra(Json::Object{});
  for (auto& [header, value] : task.extra) {
    const std::string hidden = masked(value);
    if (hidden == value) continue;
    extra.set(header, value);
    value = hidden;
  }
  if (!extra.object()->empty()) kept.set("extra", std::move(extra));
  Json persons(Json::Object{});
  for (const auto& [header, person] : task.persons) {
    persons.set(header, person.open(permit));
    out.names.push_back(std::string(person_column) + header);
  }
  task.persons.clear();
  if (!persons.object()->empty()) kept.set("persons", std::move(persons));
  if (!kept.object()->empty()) out.text = Personal<std::string>(kept.canonical());
  return out;
}

Result<Json> open_task_persons(const store::Vault& vault, const store::Task& task, const std::string& actor,
                               const std::string& reason) {
  TRY_ASSIGN(const std::string text,
             vault.open(task_subject(task.home, task.id), task.contact, UnmaskPermit::grant(actor, reason)));
  return Json::parse(text);
}

std::string task_subject(PlaceId home, const std::string& id) {
  return "task:" + std::to_string(home.value) + ":" + id;
}
std::string record_subject(const record::RecordId& id) { return "record:" + id.text(); }

std::string import_subject(const std::string& id) { return "import:" + id; }

std::size_t sealed_size(std::size_t bytes) { return (bytes + store::most_overhead + 2) / 3 * 4; }

Result<std::string> seal_text(store::Vault& vault, const std::string& subject, std::string bytes) {
  TRY_ASSIGN(const store::Bytes sealed, vault.seal(subject, Personal<std::string>(std::move(bytes))));
  std::string out((sealed.data.size() + 2) / 3 * 4 + 1, '\0');
  const int n =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(sealed.data.data()), static_cast<int>(sealed.data.size()));
  out.resize(static_cast<std::size_t>(n));
  return out;
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

Result<std::string> open_event_text(const store::Vault& vault, const store::Task& task, const std::string& sealed,
                                    const std::string& actor, const std::string& reason) {
  return opened(vault, task_subject(task.home, task.id), sealed, UnmaskPermit::grant(actor, reason));
}

Result<std::string> open_record_text(const store::Vault& vault, const record::RecordId& id, const std::string& sealed,
                                     const std::string& actor, const std::string& reason) {
  return opened(vault, record_subject(id), sealed, UnmaskPermit::grant(actor, reason));
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
  TRY_ASSIGN(const auto tasks, store::tasks::load(database));
  TRY_ASSIGN(const auto imports, store::imports::load(database));
  std::set<std::string> unknown;
  const auto look = [&](std::string subject) {
    if (!vault.knows(subject)) unknown.insert(std::move(subject));
  };
  accounts.for_each([&](const store::Account& account) {
    if (!account.person.data.empty() || !account.secret.data.empty()) look(account_subject(account.id));
  });
  tasks.for_each([&](const store::Task& task) {
    if (!task.contact.data.empty()) look(task_subject(task.home, task.id));
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
