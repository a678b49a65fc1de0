// SPDX-License-Identifier: Apache-2.0
#include "app/account_wire.hpp"

#include "app/persons.hpp"
#include "store/errors.hpp"

namespace gangmu::app::wire {

void grants(JsonWriter& out, Service& service, const Picture& picture, const store::Account& account) {
  const auto roles = roles_of(service, *picture.view);
  out.key("grants").begin_array();
  for (const access::Grant& grant : grants_of(account)) {
    const access::Role* role = roles->find(grant.role);
    out.begin_object().key("role").value(grant.role).key("role_zh").value(role ? role->name_zh : grant.role);
    out.key("role_en").value(role ? role->name_en : grant.role).key("place");
    place_or_null(out, picture.tree(), grant.place);
    out.key("line").value(grant.line).key("until");
    if (grant.until)
      out.value(grant.until->text());
    else
      out.null();
    out.key("expired").value(grant.until && *grant.until < service.today());
    out.key("asleep").value(!grant.asleep.empty()).end_object();
  }
  out.end_array();
}

Status account_members(JsonWriter& out, Service& service, const Picture& picture, const store::Account& account,
                       const Call& call, bool with_phone) {
  auto person = open_account_person(picture.store->vault(), account, call.actor.id);
  if (!person && !person.error().is(store::errors::subject_erased)) return fail(person.error());
  out.key("id").value(account.id).key("login").value(account.login).key("state").value(account.state);
  out.key("name").value(person ? (*person)["name"].string_or("") : std::string()).key("phone");
  out.value(person && with_phone ? (*person)["phone"].string_or("") : std::string()).key("place");
  place_or_null(out, picture.tree(), place_of(account));
  out.key("second_factor").value(has_second_factor(account));
  grants(out, service, picture, account);
  return {};
}

void told(JsonWriter& out, const Picture& picture, const store::Account& account) {
  out.key("told").begin_array();
  const Json::Array* list = account.body["told"].array();
  for (std::size_t i = list ? list->size() : 0; i-- > 0;) {
    const Json& one = (*list)[i];
    out.begin_object().key("act").value(one["act"].string_or("")).key("at");
    out.value(Instant{one["at"].integer_or(0)}.text()).key("by_name");
    out.value(picture.actor_name(one["by"].string_or(""))).key("seen").value(one["seen"].boolean_or(false));
    out.end_object();
  }
  out.end_array();
}

void stand_in(JsonWriter& out, const Picture& picture, const store::Account& account) {
  out.begin_object()
      .key("id")
      .value(account.id)
      .key("login")
      .value(account.login)
      .key("name")
      .value(picture.actor_name(account.id))
      .key("place");
  place_or_null(out, picture.tree(), place_of(account));
  out.end_object();
}

void role(JsonWriter& out, const access::Role& role) {
  out.begin_object().key("id").value(role.id).key("name_zh").value(role.name_zh).key("name_en").value(role.name_en);
  out.key("duty").value(access::duty_name(role.duty)).key("may").begin_array();
  for (const access::Right& right : role.may) {
    out.begin_object()
        .key("permission")
        .value(access::permission_name(right.permission))
        .key("reach")
        .value(access::reach_name(right.reach));
    out.key("states").begin_array();
    for (const std::string& state : right.states) out.value(state);
    out.end_array().key("any_line").value(right.any_line).end_object();
  }
  out.end_array().end_object();
}

}   // namespace gangmu::app::wire
