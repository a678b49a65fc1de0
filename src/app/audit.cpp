// SPDX-License-Identifier: Apache-2.0
#include "app/audit.hpp"

#include <charconv>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/picture.hpp"
#include "store/audit.hpp"

namespace gangmu::app {
namespace {

/// The actor asked for, by sign-in name or id.
std::string actor_asked(const store::View& view, const std::string& typed) {
  const store::Account* account = find_login(view, typed);
  return account ? account->id : typed;
}

Result<store::AuditQuery> query_of(const Picture& picture, const Call& call) {
  store::AuditQuery query{.actor = actor_asked(*picture.view, call.query_or("actor", "")),
                          .acts = {},
                          .object = call.query_or("object", ""),
                          .from = {},
                          .to = {}};
  if (const std::string act = call.query_or("act", ""); !act.empty()) query.acts = {act};
  for (const auto& [name, day] : {std::pair("from", &query.from), std::pair("to", &query.to)}) {
    const std::string text = call.query_or(name, "");
    if (text.empty()) continue;
    TRY_ASSIGN(*day, Date::parse(text));
  }
  const std::string limit = call.query_or("limit", "50"), cursor = call.query_or("cursor", "0");
  std::from_chars(limit.data(), limit.data() + limit.size(), query.most);
  const auto [end, bad] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), query.below.value);
  if (bad != std::errc() || end != cursor.data() + cursor.size()) return fail(errors::cursor_malformed, {cursor});
  return query;
}

}   // namespace

Result<Reply> audit(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_audit));
  TRY_ASSIGN(const store::AuditQuery query, query_of(picture, call));
  TRY_ASSIGN(const store::AuditPage page, picture.store->read([&](store::Database& database) {
    return store::search_journal(database, query, picture.view->seq);
  }));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const store::AuditEntry& entry : page.entries) {
    out.begin_object().key("seq").value(entry.seq.value).key("at").value(entry.at.text()).key("act").value(entry.act);
    out.key("actor")
        .value(entry.actor)
        .key("actor_name")
        .value(name_of(*picture.view, picture.store->vault(), entry.actor))
        .key("home");
    wire::place_or_null(out, picture.tree(), entry.home);
    out.key("objects").begin_array();
    for (const std::string& object : entry.objects) out.value(object);
    out.end_array().key("rows").value(entry.rows);
    if (!entry.reason.empty()) out.key("reason").value(entry.reason);
    out.end_object();
  }
  out.end_array().key("next");
  if (page.next)
    out.value(std::to_string(page.next->value));
  else
    out.null();
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
