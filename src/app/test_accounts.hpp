// SPDX-License-Identifier: Apache-2.0
// A programme with its administrators, for tests of accounts.
#pragma once

#include <gtest/gtest.h>
#include "access/totp.hpp"
#include "app/account.hpp"
#include "app/accounts.hpp"
#include "app/audit.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/my_account.hpp"
#include "app/persons.hpp"
#include "app/sessions.hpp"
#include "app/tasks.hpp"
#include "app/test_world.hpp"
#include "store/journal.hpp"

namespace gangmu::app::test {
namespace {

constexpr const char* good_password = "木棉 in spring 2026";

struct Person {
  std::string id, login, code, token, browser{};
};

class AccountsTest : public ::testing::Test {
 protected:
  World world;
  Person system = person("sys-admin", "system_admin", 1), security = person("sec-admin", "security_admin", 1),
         auditor = person("aud-admin", "audit_admin", 1), clerk = person("clerk", "town_clerk", 3),
         office = person("office", "county_office", 2);

  Person person(const std::string& login, const std::string& role, std::int64_t place) {
    Call call = world.call();
    call.actor = Actor::console();
    NewAccount wanted{.login = login, .name = "人员" + login, .phone = "13900000001", .place = PlaceId{place}};
    if (!role.empty()) wanted.grants = {{.role = role, .place = PlaceId{place}}};
    const MadeAccount made = must(make_account(world.service(), world.store(), call, wanted));
    return {made.id, login, made.code, {}};
  }
  /// A call as the person's browser sends it.
  Call as(const Person& person, std::string id = {}, std::string body = {}) {
    Call call = world.call(std::move(id), std::move(body));
    call.token = person.token;
    call.peer = "10.1.2.3";
    call.actor = {};
    (void)identify(world.service(), call);
    return call;
  }
  static std::string body(const std::string& login, const std::string& password, const std::string& code = {}) {
    Json out;
    out.set("login", login);
    out.set("password", password);
    if (!code.empty()) out.set("code", code);
    return out.canonical();
  }
  static std::string body_of(const std::string& code) {
    Json out;
    out.set("password", good_password);
    if (!code.empty()) out.set("code", code);
    return out.canonical();
  }
  void first(Person& person, const std::string& password = good_password) {
    const Told told = test::told(first_sign_in(world.service(), as({}, {}, body(person.login, password, person.code))));
    person.token = *told.reply.token;
    if (told.reply.browser) person.browser = told.reply.browser->second;
  }
  /// In the browser that signed in first.
  Result<Reply> enter_at_own_desk(Person& person, const std::string& password = good_password) {
    Call call = as({}, {}, body(person.login, password));
    call.browsers[person.id] = person.browser;
    return sign_in(world.service(), call);
  }
  Result<Reply> enter(Person& person, const std::string& password = good_password, const std::string& code = {}) {
    auto reply = sign_in(world.service(), as({}, {}, body(person.login, password, code)));
    if (reply) person.token = *reply->token;
    return reply;
  }
  /// With a second factor, as administrators need one.
  std::string key_of(Person& person) {
    first(person);
    const Told key = test::told(
        begin_second_factor(world.service(), as(person, {}, R"({"password":")" + std::string(good_password) + "\"}")));
    const store::Account* account = find_account(*world.store().view(), person.id);
    const std::string raw = must(open_secret(world.store().vault(), *account)).next;
    EXPECT_EQ(access::base32(raw), key["secret"].string_or(""));
    const Reply on =
        must(confirm_second_factor(world.service(), as(person, {}, R"({"code":")" + code_of(raw) + "\"}")));
    EXPECT_EQ(who(person), "") << "the token is renewed";
    person.token = *on.token;
    return raw;
  }
  std::string code_of(const std::string& key) const { return access::totp(key, access::totp_step(world.clock.now())); }
  void pass(std::int64_t seconds) { world.clock.time.micros += seconds * 1'000'000; }
  static std::string why(const Result<Reply>& reply) {
    return reply ? "done" : std::string(reply.error().first().kind->name);
  }
  std::string who(const Person& person) { return as(person).actor.id; }
};

}   // namespace
}   // namespace gangmu::app::test
