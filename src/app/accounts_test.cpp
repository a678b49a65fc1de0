// SPDX-License-Identifier: Apache-2.0
// Signing in, accounts and grants, as the use cases see them: by the rules, and against those who try to get round
// them.
#include "app/test_accounts.hpp"

namespace gangmu::app::test {
namespace {

TEST_F(AccountsTest, AreOpenedWithACodeThatWorksOnce) {
  EXPECT_EQ(why(enter(clerk, "anything at all")), "sign_in_refused") << "there is no password to begin with";
  EXPECT_EQ(
      why(first_sign_in(world.service(), as({}, {}, body("clerk", good_password, "AAAAAA-BBBBBB-CCCCCC-DDDDDD")))),
      "code_refused");
  EXPECT_EQ(why(first_sign_in(world.service(), as({}, {}, body("clerk", "1234567890", clerk.code)))), "password_plain");
  std::string typed = clerk.code;
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(why(first_sign_in(world.service(), as({}, {}, body("clerk", good_password, typed)))), "done");
  EXPECT_EQ(why(first_sign_in(world.service(), as({}, {}, body("clerk", good_password, clerk.code)))), "code_refused")
      << "once";
  EXPECT_EQ(why(enter(clerk)), "done");
  EXPECT_EQ(who(clerk), clerk.id);
  EXPECT_EQ(why(enter(office)), "sign_in_refused");
  pass(73 * 3600);
  EXPECT_EQ(why(first_sign_in(world.service(), as({}, {}, body("office", good_password, office.code)))), "code_refused")
      << "after three days";
}

TEST_F(AccountsTest, SessionsEndByTheClockAndByHand) {
  first(clerk);
  pass(29 * 60);
  EXPECT_EQ(who(clerk), clerk.id);
  pass(29 * 60);
  EXPECT_EQ(who(clerk), clerk.id) << "each request counts";
  pass(31 * 60);
  EXPECT_EQ(who(clerk), "") << "idle";
  pass(-5 * 60);
  EXPECT_EQ(who(clerk), clerk.id) << "26 minutes are fine";
  for (int i = 0; i < 12 * 3; ++i) {
    pass(20 * 60);
    (void)who(clerk);
  }
  EXPECT_EQ(who(clerk), "") << "twelve hours";
  must(enter(clerk));
  EXPECT_EQ(who(clerk), clerk.id);
  must(sign_out(world.service(), as(clerk)));
  EXPECT_EQ(who(clerk), "");
}

TEST_F(AccountsTest, ATokenNobodyWasGivenIsNobodys) {
  first(clerk);
  const std::string real = clerk.token;
  for (const std::string& forged :
       {std::string(), std::string("2."), real.substr(0, real.size() - 1) + (real.back() == '0' ? "1" : "0"),
        "1" + real.substr(1), real + "0", "2." + std::string(64, 'f'), std::string("x.y"), std::string(4096, '9')}) {
    clerk.token = forged;
    EXPECT_EQ(who(clerk), "") << forged.substr(0, 40);
  }
}

TEST_F(AccountsTest, FixationGivesTheAttackerNothing) {
  first(clerk);
  Person victim = clerk;
  Call call = as({}, {}, body("clerk", good_password));
  call.token = "2." + std::string(64, 'a');   // planted by the attacker before the victim signs in
  const Told told = test::told(sign_in(world.service(), call));
  victim.token = call.token;
  EXPECT_EQ(who(victim), "");
  EXPECT_NE(*told.reply.token, call.token);
  Call again = as({}, {}, body("clerk", good_password));
  again.token = *told.reply.token;
  must(sign_in(world.service(), again));
  victim.token = *told.reply.token;
  EXPECT_EQ(who(victim), "") << "signing in again ends the browser's former session";
}

TEST_F(AccountsTest, GuessingIsSlowedDownAndWrittenDown) {
  first(clerk);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(why(enter(clerk, "wrong password " + std::to_string(i))), "sign_in_refused");
  const auto refused = enter(clerk);
  EXPECT_EQ(why(refused), "too_many_attempts") << "also with the right one";
  EXPECT_EQ(refused.error().first().arguments.at(0), "30");
  pass(31);
  EXPECT_EQ(why(enter(clerk, "wrong again, sadly")), "sign_in_refused");
  EXPECT_EQ(enter(clerk).error().first().arguments.at(0), "60");
  pass(61);
  EXPECT_EQ(why(enter(clerk)), "done");
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(why(enter(clerk, "wrong password " + std::to_string(i))), "sign_in_refused") << "a success forgets";
  Person nobody{.id = {}, .login = "nobody", .code = {}, .token = {}};
  for (int i = 0; i < 6; ++i) EXPECT_EQ(why(enter(nobody, "wrong password")), "sign_in_refused");
  EXPECT_EQ(why(enter(nobody, "wrong password")), "too_many_attempts") << "a name nobody has answers alike";
  key_of(auditor);
  const Told log = test::told(audit(world.service(), [&] {
    Call c = as(auditor);
    c.query["act"] = "sign_in_locked";
    return c;
  }()));
  ASSERT_EQ(log["items"].array()->size(), 2u);
  EXPECT_EQ((*log["items"].array())[0]["actor_name"], Json("人员clerk"));
}

TEST_F(AccountsTest, ARestartForgivesNoFailures) {
  first(clerk);
  for (int i = 0; i < 6; ++i) (void)enter(clerk, "wrong password " + std::to_string(i));
  world.restart();
  EXPECT_EQ(why(enter(clerk)), "too_many_attempts");
  pass(31);
  EXPECT_EQ(why(enter(clerk, "wrong again, sadly")), "sign_in_refused");
  world.restart();
  EXPECT_EQ(enter(clerk).error().first().arguments.at(0), "60") << "the waits go on doubling";
  pass(61);
  EXPECT_EQ(why(enter(clerk)), "done");
  world.restart();
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(why(enter(clerk, "wrong password " + std::to_string(i))), "sign_in_refused") << "a success forgets";
}

TEST_F(AccountsTest, GuessingForADayWritesFewEntries) {
  first(clerk);
  const auto guess_from = [&](const std::string& peer) {
    Call call = as({}, {}, body(clerk.login, "wrong password"));
    call.peer = peer;
    (void)sign_in(world.service(), call);
  };
  const Seq before = world.store().view()->seq;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    for (int i = 0; i < 3; ++i) guess_from("10.9.0." + std::to_string(minute / 60));
    pass(60);
  }
  EXPECT_LE(world.store().view()->seq.value - before.value, 8 + 24) << "and one an hour of refusals";
  pass(15 * 60);
  EXPECT_EQ(why(enter(clerk)), "done") << "whose account it is waits a quarter of an hour at most";
}

TEST_F(AccountsTest, WhoBringsTheOneTimeCodeWaitsForNobody) {
  const auto with = [&](const std::string& login, const std::string& code) {
    return why(first_sign_in(world.service(), as({}, {}, body(login, good_password, code))));
  };
  for (int i = 0; i < 6; ++i) EXPECT_EQ(with("clerk", "AAAAAA-BBBBBB-CCCCCC-DDDDDD"), "code_refused");
  EXPECT_EQ(with("clerk", "AAAAAA-BBBBBB-CCCCCC-DDDDDD"), "too_many_attempts");
  for (int i = 0; i < 6; ++i) EXPECT_EQ(with("nobody", "AAAAAA-BBBBBB-CCCCCC-DDDDDD"), "code_refused");
  EXPECT_EQ(with("nobody", "AAAAAA-BBBBBB-CCCCCC-DDDDDD"), "too_many_attempts") << "a name nobody has answers alike";
  EXPECT_EQ(with("clerk", clerk.code), "done");
}

TEST_F(AccountsTest, AResetEndsTheWait) {
  key_of(system);
  first(clerk);
  for (int i = 0; i < 7; ++i) (void)enter(clerk, "wrong password");
  EXPECT_EQ(why(enter(clerk)), "too_many_attempts");
  clerk.code = test::told(reset_account(world.service(), as(system, clerk.id)))["code"].string_or("");
  first(clerk);
  EXPECT_EQ(why(enter(clerk)), "done");
}

TEST_F(AccountsTest, AStrangerHoldsNoOwnerOut) {
  first(clerk);
  const std::string key = key_of(office);
  pass(60);
  for (Person* person : {&clerk, &office})
    for (int i = 0; i < 8; ++i) (void)enter(*person, "a stranger guesses", "123456");
  EXPECT_EQ(why(enter(clerk)), "too_many_attempts") << "an unknown browser without a second factor waits";
  EXPECT_EQ(why(enter_at_own_desk(clerk)), "done") << "the browser that signed in before does not";
  EXPECT_EQ(why(enter(office, "a wrong password", code_of(key))), "too_many_attempts")
      << "told nothing of the password";
  EXPECT_EQ(why(enter(office, good_password, "123456")), "too_many_attempts");
  EXPECT_EQ(why(enter(office, good_password, code_of(key))), "done") << "password and second factor get in";
}

TEST_F(AccountsTest, AKnownBrowserWaitsForItsOwnFailures) {
  first(clerk);
  first(office);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(why(enter_at_own_desk(clerk, "wrong password")), "sign_in_refused");
  EXPECT_EQ(why(enter_at_own_desk(clerk)), "too_many_attempts");
  EXPECT_EQ(why(enter(clerk)), "done") << "nobody else has to wait for it";
  Person thief = office;
  thief.browser = clerk.browser;
  for (int i = 0; i < 6; ++i) EXPECT_EQ(why(enter_at_own_desk(thief, "wrong password")), "sign_in_refused");
  EXPECT_EQ(why(enter_at_own_desk(thief)), "too_many_attempts") << "another account's browser is a stranger's";
}

TEST_F(AccountsTest, AnOfficeIsNotLockedByOneColleague) {
  first(clerk);
  first(office);
  for (int i = 0; i < 200; ++i) (void)enter(clerk, "forgotten");
  EXPECT_EQ(why(enter(office)), "done") << "one address, another account";
  for (int i = 0; i < 60; ++i) {
    Person sprayed{.id = {}, .login = "name-" + std::to_string(i), .code = {}, .token = {}};
    (void)enter(sprayed, "the same password");
  }
  EXPECT_EQ(why(enter(office)), "too_many_attempts") << "many names from one address";
  EXPECT_EQ(why(enter_at_own_desk(clerk)), "done");
  EXPECT_EQ(why(enter(office)), "done") << "a success clears the address";
}

TEST_F(AccountsTest, PlacesToStartAtAProviderAreNotTakenByOneAddress) {
  Provider provider(
      {.issuer = "https://id.example", .client = "gangmu", .origin = "https://gangmu.example"},
      [](const std::string&, const std::optional<std::string>&) -> Result<std::string> {
        return std::string(
            R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t","jwks_uri":"https://id.example/k"})");
      });
  auto& secrets = world.service().system().secrets;
  const Instant now = world.clock.now();
  const auto mine = must(provider.begin("p", "10.0.0.1", secrets, now));
  for (int i = 0; i < 5000; ++i) must(provider.begin("p", "10.6.6.6", secrets, now));
  const auto refused = provider.finish("p", mine.state, "code", now);
  ASSERT_FALSE(refused);
  EXPECT_FALSE(refused.error().is(errors::provider_refused) &&
               refused.error().text(Language::en).find("begun here") != std::string::npos)
      << "what others begin does not push it out";
  EXPECT_NE(provider
                .finish("p", must(provider.begin("p", "10.0.0.2", secrets, now)).state, "code",
                        Instant{now.micros + 6 * 60'000'000LL})
                .error()
                .text(Language::en)
                .find("begun here"),
            std::string::npos)
      << "five minutes";
}

TEST_F(AccountsTest, AResetPutsGrantsToSleep) {
  key_of(system);
  key_of(security);
  first(office);
  const Told reset = test::told(reset_account(world.service(), as(system, office.id)));
  EXPECT_EQ((*reset["account"]["grants"].array())[0]["asleep"], Json(true));
  office.code = reset["code"].string_or("");
  first(office);
  EXPECT_EQ(why(tasks(world.service(), as(office))), "forbidden") << "whoever has the code has no grants";
  const Told waits = test::told(session(world.service(), as(office)));
  EXPECT_EQ(waits["must"], Json("confirmation"));
  EXPECT_EQ(waits["told"], Json(1));
  EXPECT_EQ(why(confirm_grants(world.service(), as(system, office.id))), "forbidden");
  must(confirm_grants(world.service(), as(security, office.id)));
  EXPECT_EQ(why(confirm_grants(world.service(), as(security, office.id))), "grant_awake");
  must(enter(office));
  EXPECT_EQ(why(tasks(world.service(), as(office))), "done");
  const Told mine = test::told(my_account(world.service(), as(office)));
  ASSERT_EQ(mine["told"].array()->size(), 2u);
  EXPECT_EQ((*mine["told"].array())[0]["act"], Json("confirm_grants"));
  EXPECT_EQ((*mine["told"].array())[0]["by_name"], Json("人员sec-admin"));
  EXPECT_EQ((*mine["told"].array())[1]["act"], Json("reset_account"));
  must(see_told(world.service(), as(office)));
  EXPECT_EQ(test::told(session(world.service(), as(office)))["told"], Json(0));
}

TEST_F(AccountsTest, AResetKeepsTheSecondFactorUnlessAsked) {
  key_of(system);
  const std::string key = key_of(office);
  const auto first_with = [&](const std::string& second_factor) {
    Json out;
    out.set("login", office.login);
    out.set("password", good_password);
    out.set("code", office.code);
    if (!second_factor.empty()) out.set("second_factor", second_factor);
    return why(first_sign_in(world.service(), as({}, {}, out.canonical())));
  };
  office.code = test::told(reset_account(world.service(), as(system, office.id)))["code"].string_or("");
  pass(60);
  EXPECT_EQ(first_with(""), "second_factor_wanted");
  EXPECT_EQ(first_with("000000"), "totp_refused");
  EXPECT_EQ(first_with(code_of(key)), "done");
  EXPECT_EQ(why(enter(office)), "second_factor_wanted");
  office.code = test::told(reset_account(world.service(), as(system, office.id)))["code"].string_or("");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(first_with("000000"), "totp_refused");
  EXPECT_EQ(first_with(code_of(key)), "code_refused") << "five guesses, and the one-time code is void";
  const Told dropped =
      test::told(reset_account(world.service(), as(system, office.id, R"({"drop_second_factor":true})")));
  office.code = dropped["code"].string_or("");
  EXPECT_EQ(first_with(""), "done");
  EXPECT_EQ(why(enter(office)), "done") << "the second factor is gone";
  EXPECT_EQ((*test::told(my_account(world.service(), as(office)))["told"].array())[0]["act"],
            Json("reset_second_factor"));
}

TEST_F(AccountsTest, OneSecurityAdministratorAloneMakesNoOther) {
  key_of(security);
  Person two = person("sec-two", "security_admin", 1);
  key_of(two);
  Person wanted = person("sec-three", "", 1);
  const std::string grant = R"({"role":"security_admin","place":"990100000000"})";
  must(give_grant(world.service(), as(security, wanted.id, grant)));
  key_of(wanted);
  EXPECT_EQ(why(granted(world.service(), as(wanted))), "forbidden");
  EXPECT_EQ(why(confirm_grants(world.service(), as(security, wanted.id))), "grant_needs_another");
  must(give_grant(world.service(), as(security, wanted.id, grant)));
  EXPECT_EQ(why(confirm_grants(world.service(), as(wanted, wanted.id))), "not_signed_in");
  must(confirm_grants(world.service(), as(two, wanted.id)));
}

TEST_F(AccountsTest, AnAuthenticatorGivesWayOnlyToItsOwner) {
  const std::string key = key_of(office);
  pass(60);
  const auto begin = [&](const std::string& code) {
    return why(begin_second_factor(world.service(), as(office, {}, body_of(code))));
  };
  EXPECT_EQ(begin(""), "second_factor_wanted");
  EXPECT_EQ(begin("000000"), "totp_refused");
  EXPECT_EQ(begin(code_of(key)), "done");
  EXPECT_EQ(begin(code_of(key)), "totp_refused") << "good once";
}

TEST_F(AccountsTest, RefusalsAreInTheAuditLogAFewTimesAnHour) {
  for (int i = 0; i < 120; ++i) {
    Person nobody{.id = {}, .login = "nobody-" + std::to_string(i % 40), .code = {}, .token = {}};
    (void)enter(nobody, "wrong password");
  }
  key_of(auditor);
  Call call = as(auditor);
  call.query["act"] = "sign_in_refused";
  const Told log = test::told(audit(world.service(), call));
  ASSERT_EQ(log["items"].array()->size(), 3u) << "the first, the tenth, the hundredth";
  EXPECT_EQ((*log["items"].array())[0]["actor_name"], Json("未登录者"));
}

TEST_F(AccountsTest, ASecondFactorIsAskedForAndGoodOnce) {
  const std::string key = key_of(system);
  EXPECT_EQ(who(system), system.id);
  EXPECT_EQ(why(enter(system)), "second_factor_wanted");
  EXPECT_EQ(why(enter(system, good_password, "000000")), "sign_in_refused");
  pass(60);
  const std::string code = access::totp(key, access::totp_step(world.clock.now()));
  EXPECT_EQ(why(enter(system, good_password, code)), "done");
  EXPECT_EQ(why(enter(system, good_password, code)), "sign_in_refused") << "replayed";
  pass(30);
  EXPECT_EQ(why(enter(system, good_password, access::totp(key, access::totp_step(world.clock.now())))), "done");
}

TEST_F(AccountsTest, AnAdministratorWithoutASecondFactorCanOnlySetOneUp) {
  first(system);
  EXPECT_EQ(why(accounts(world.service(), as(system))), "forbidden");
  EXPECT_EQ(test::told(session(world.service(), as(system)))["must"], Json("second_factor"));
  EXPECT_EQ(why(begin_second_factor(world.service(), as(system, {}, R"({"password":"not mine"})"))),
            "password_refused");
  first(security = person("sec-two", "security_admin", 1));
  EXPECT_EQ(why(granted(world.service(), as(security))), "forbidden");
}

TEST_F(AccountsTest, AChangeOfPasswordOrRightsEndsTheOtherSessions) {
  key_of(security);
  first(clerk);
  Person elsewhere = clerk;
  must(enter(elsewhere));
  const Reply changed = must(change_password(
      world.service(),
      as(clerk, {}, R"({"present":")" + std::string(good_password) + R"(","password":"荔枝 in summer 2026"})")));
  EXPECT_EQ(who(clerk), "") << "the token of before is void as well";
  clerk.token = *changed.token;
  EXPECT_EQ(who(clerk), clerk.id);
  EXPECT_EQ(who(elsewhere), "");
  EXPECT_EQ(why(enter(elsewhere)), "sign_in_refused") << "the old password";
  const Call stale = as(clerk, "1", R"({"text":"done"})");   // identified before, written after
  must(give_grant(world.service(), as(security, clerk.id, R"({"role":"village_clerk","place":"990101101000"})")));
  EXPECT_EQ(who(clerk), "") << "the old token after a change of role";
  const auto late = write(world.store(), stale,
                          {.home = PlaceId{2},
                           .actor = {},
                           .act = "late",
                           .request_key = {},
                           .command = {},
                           .run = [](store::Tx&) -> Result<Json> { return Json(); }});
  ASSERT_FALSE(late);
  EXPECT_TRUE(late.error().is(errors::not_signed_in)) << "decided on the writer";
}

TEST_F(AccountsTest, TheThreeAdministratorsStayApart) {
  for (Person* admin : {&system, &security, &auditor}) key_of(*admin);
  const auto grant = [&](const Person& to, const char* role) {
    return why(give_grant(world.service(),
                          as(security, to.id, R"({"role":")" + std::string(role) + R"(","place":"990100000000"})")));
  };
  EXPECT_EQ(grant(system, "audit_admin"), "account_of_other_duty");
  EXPECT_EQ(grant(system, "city_office"), "account_of_other_duty");
  EXPECT_EQ(grant(security, "security_admin"), "grant_own");
  EXPECT_EQ(grant(clerk, "system_admin"), "duties_meet");
  EXPECT_EQ(grant(clerk, "king"), "role_unknown");
  EXPECT_EQ(grant(clerk, "leader"), "done");
  EXPECT_EQ(why(reset_account(world.service(), as(system, security.id))), "account_of_other_duty")
      << "who keeps accounts could become who gives rights";
  EXPECT_EQ(why(disable_account(world.service(), as(system, auditor.id))), "account_of_other_duty");
  const struct {
    const char* name;
    Result<Reply> (*use_case)(Service&, const Call&);
    const Person* owner;
  } rooms[] = {{"accounts", accounts, &system}, {"granted", granted, &security}, {"audit", audit, &auditor}};
  for (const auto& room : rooms)
    for (const Person* admin : {&system, &security, &auditor})
      EXPECT_EQ(why(room.use_case(world.service(), as(*admin))), admin == room.owner ? "done" : "forbidden")
          << room.name << " " << admin->login;
  for (const Person* admin : {&system, &security, &auditor})
    EXPECT_EQ(why(tasks(world.service(), as(*admin))), "forbidden") << "blind to the work";
}

/// What no door does: the row itself is written.
TEST_F(AccountsTest, WhoseDutiesMeetMayDoNothing) {
  for (Person* admin : {&system, &security, &auditor}) key_of(*admin);
  first(clerk);
  const struct {
    Person* person;
    const char* more;
  } edits[] = {
      {&system, "audit_admin"}, {&security, "system_admin"}, {&auditor, "city_office"}, {&clerk, "security_admin"}};
  for (const auto& edit : edits) {
    store::Account account = *find_account(*world.store().view(), edit.person->id);
    std::vector<access::Grant> grants = grants_of(account);
    grants.push_back({.role = edit.more, .place = PlaceId{1}});
    set_grants(account, grants);
    must(world.store().write({.home = account.home,
                              .actor = "by hand",
                              .act = "by hand",
                              .request_key = {},
                              .command = {},
                              .run = [&](store::Tx& tx) -> Result<Json> {
                                TRY(store::accounts::put(tx, account));
                                return Json();
                              }}));
    for (const auto room : {accounts, granted, audit, tasks})
      EXPECT_EQ(why(room(world.service(), as(*edit.person))), "forbidden")
          << edit.person->login << " and " << edit.more;
    EXPECT_EQ(
        why(give_grant(world.service(), as(*edit.person, office.id, R"({"role":"leader","place":"990100000000"})"))),
        "forbidden");
  }
}

TEST_F(AccountsTest, ADisabledAccountIsOutAtOnce) {
  key_of(system);
  first(clerk);
  must(disable_account(world.service(), as(system, clerk.id)));
  EXPECT_EQ(who(clerk), "");
  EXPECT_EQ(why(enter(clerk)), "sign_in_refused");
  EXPECT_EQ(why(disable_account(world.service(), as(system, clerk.id))), "account_state");
  must(enable_account(world.service(), as(system, clerk.id)));
  EXPECT_EQ(why(enter(clerk)), "done");
  const Told reset = test::told(reset_account(world.service(), as(system, clerk.id)));
  EXPECT_EQ(why(enter(clerk)), "sign_in_refused");
  clerk.code = reset["code"].string_or("");
  first(clerk, "新的口令 for 2026");
  EXPECT_EQ(who(clerk), clerk.id);
}

TEST_F(AccountsTest, WhoOnlyListensGoesWhenTheirRightDoes) {
  key_of(system);
  const auto still = [&](Call call) { return bool(still_there(world.service(), call)); };
  first(clerk);
  pass(29 * 60);
  EXPECT_TRUE(still(as(clerk)));
  const Call listening = as(clerk);
  for (int i = 0; i < 3; ++i) {
    pass(10 * 60);
    EXPECT_TRUE(still(listening));
  }
  pass(60);
  EXPECT_FALSE(still(listening)) << "listening is no sign of life";
  EXPECT_EQ(who(clerk), "");
  pass(-5 * 60);
  must(disable_account(world.service(), as(system, clerk.id)));
  EXPECT_FALSE(still(listening));
  must(enable_account(world.service(), as(system, clerk.id)));
  must(enter(clerk));
  const Call again = as(clerk);
  EXPECT_TRUE(still(again));
  must(sign_out(world.service(), as(clerk)));
  EXPECT_FALSE(still(again)) << "in whatever page it is open";
}

TEST_F(AccountsTest, SignInNamesSayNothingPersonalAndAreDistinct) {
  Call call = world.call();
  call.actor = Actor::console();
  for (const char* login : {"13912345678", "a13912345678", "A", "a", "Office", "ab cd", "440785199001011234", ""})
    EXPECT_TRUE(make_account(world.service(), world.store(), call,
                             {.login = login, .name = "x", .phone = {}, .place = PlaceId{1}})
                    .error()
                    .is(errors::login_malformed))
        << login;
  EXPECT_TRUE(make_account(world.service(), world.store(), call,
                           {.login = "clerk", .name = "x", .phone = {}, .place = PlaceId{1}})
                  .error()
                  .is(errors::login_taken));
}

TEST_F(AccountsTest, NothingOfAPersonOrSecretStandsInTheClear) {
  first(clerk);
  std::string all;
  must(world.store().read([&](store::Database& db) {
    return store::read_journal(db, Seq{}, world.store().view()->seq, [&](const store::JournalRow& row) -> Status {
      all += row.bytes;
      return {};
    });
  }));
  for (const std::string& secret : {std::string("13900000001"), std::string("人员clerk"), std::string(good_password),
                                    std::string("$argon2id$"), clerk.token, clerk.code})
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST_F(AccountsTest, OnBehalfLeavesBothNames) {
  first(clerk);
  const Person village = person("village", "village_clerk", 3), elsewhere = person("elsewhere", "village_clerk", 6);
  const auto standing_in_for = [&](const Person& other) {
    Call call = world.call();
    call.token = clerk.token;
    call.on_behalf = other.id;
    const Status known = identify(world.service(), call);
    return known ? call.actor.id : std::string(known.error().first().kind->name);
  };
  EXPECT_EQ(standing_in_for(village), clerk.id + "/" + village.id);
  EXPECT_EQ(standing_in_for(elsewhere), "forbidden") << "another town's";
  EXPECT_EQ(standing_in_for(system), "forbidden") << "never an administrator";
  Call console = world.call();
  console.actor = Actor::console();
  const MadeAccount wide = must(make_account(world.service(), world.store(), console,
                                             {.login = "wide",
                                              .name = "人员wide",
                                              .phone = {},
                                              .place = PlaceId{3},
                                              .grants = {{.role = "city_office", .place = PlaceId{1}}}}));
  EXPECT_EQ(standing_in_for({wide.id, "wide", {}, {}}), "forbidden") << "of this town, but granted more than it";
  EXPECT_EQ(standing_in_for(person("closes", "county_office", 3)), "forbidden")
      << "of this town, but may close, import, see persons";
  EXPECT_EQ(standing_in_for(person("leads", "leader", 3)), "forbidden") << "of this town, but reads assessments";
  EXPECT_EQ(standing_in_for(person("colleague", "town_clerk", 3)).substr(0, clerk.id.size() + 1), clerk.id + "/")
      << "who may as much";
  EXPECT_EQ(standing_in_for({}), clerk.id);
  EXPECT_EQ(name_of(*world.store().view(), world.store().vault(), clerk.id + "/" + village.id),
            "人员clerk（代人员village）");
}

TEST_F(AccountsTest, ThoseOneMayActForAreListedAndNamedInTheSession) {
  first(clerk);
  const Person village = person("village", "village_clerk", 3), elsewhere = person("elsewhere", "village_clerk", 6);
  const Told list = test::told(stand_ins(world.service(), as(clerk)));
  ASSERT_EQ(list["items"].array()->size(), 1u) << "neither oneself nor an administrator nor another town's";
  EXPECT_EQ((*list["items"].array())[0]["id"], Json(village.id));
  EXPECT_EQ((*list["items"].array())[0]["name"], Json("人员village"));
  Call call = world.call();
  call.token = clerk.token;
  call.on_behalf = village.id;
  must(identify(world.service(), call));
  const Told mine = test::told(session(world.service(), call));
  EXPECT_EQ(mine["account"]["id"], Json(clerk.id));
  EXPECT_EQ(mine["on_behalf"]["name"], Json("人员village"));
  EXPECT_EQ(test::told(session(world.service(), as(clerk)))["on_behalf"], Json());
}

TEST_F(AccountsTest, WithoutAccountsOnlyThisMachineActs) {
  World fresh;
  Call call = fresh.call();
  call.actor = {};
  call.at_machine = true;
  must(identify(fresh.service(), call));
  EXPECT_EQ(call.actor.id, "local");
  call.at_machine = false;
  must(identify(fresh.service(), call));
  EXPECT_EQ(why(tasks(fresh.service(), call)), "not_signed_in");
  Call here = world.call();
  here.at_machine = true;
  here.actor = {};
  must(identify(world.service(), here));
  EXPECT_EQ(why(tasks(world.service(), here)), "not_signed_in") << "accounts exist: the machine alone is nobody";
}

}   // namespace
}   // namespace gangmu::app::test
