// SPDX-License-Identifier: Apache-2.0
// Passwords, one-time codes and the wait after failures.
#include <gtest/gtest.h>

#include "access/errors.hpp"
#include "access/password.hpp"
#include "access/throttle.hpp"
#include "access/totp.hpp"

namespace gangmu::access {
namespace {

TEST(Password, IsVerifiedFromItsOwnParameters) {
  const HashCost cheap{.memory_kib = 64, .passes = 1, .lanes = 1};
  const auto phc = hash_password("木棉花开 in spring", std::string(salt_bytes, 's'), cheap);
  ASSERT_TRUE(phc);
  EXPECT_TRUE(phc->starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << *phc;
  EXPECT_TRUE(verify_password(*phc, "木棉花开 in spring"));
  EXPECT_FALSE(verify_password(*phc, "木棉花开 in sprinG"));
  EXPECT_FALSE(verify_password(*phc, ""));
  EXPECT_FALSE(verify_password("$argon2id$nonsense", "x"));
  EXPECT_FALSE(verify_password("", ""));
  EXPECT_TRUE(costs_less(*phc, {}));
  EXPECT_FALSE(costs_less(*phc, cheap));
  EXPECT_NE(*phc, *hash_password("木棉花开 in spring", std::string(salt_bytes, 't'), cheap));
}

TEST(Password, PlainOnesAreRefusedWithTheReason) {
  const struct {
    const char* password;
    const ErrorKind* why;
  } rows[] = {{"short", &errors::password_short},         {"一二三四五六七八九", &errors::password_short},
              {"aaaaaaaaaaaa", &errors::password_plain},  {"1234567890", &errors::password_plain},
              {"abababababab", &errors::password_plain},  {"my-office-01-x", &errors::password_plain},
              {"jihgfedcba", &errors::password_plain},    {"password123", &errors::password_plain},
              {"P@ssw0rd2024!", &errors::password_plain}, {"Admin@123456", &errors::password_plain},
              {"qwertyuiop", &errors::password_plain},    {"1qaz2wsx3edc", &errors::password_plain},
              {"woaini1314520", &errors::password_plain}, {"a123456789b", &errors::password_plain},
              {"Wang19900101", &errors::password_plain},  {"!!adminadmin99", &errors::password_plain}};
  for (const auto& row : rows) {
    const Status refused = check_password(row.password, "office-01");
    ASSERT_FALSE(refused) << row.password;
    EXPECT_TRUE(refused.error().is(*row.why)) << row.password;
  }
  EXPECT_TRUE(check_password(std::string(300, 'x'), "a").error().is(errors::password_long));
  for (const char* good : {"correct horse battery", "种一棵树最好的时间是十年前", "R7kq-29xv-pl"})
    EXPECT_TRUE(check_password(good, "office-01")) << good;
}

/// RFC 6238 appendix B; the keys are the ASCII digits over and over, as long as the hash.
TEST(Totp, GivesTheVectorsOfTheStandard) {
  const std::string sha1 = "12345678901234567890", sha256 = "12345678901234567890123456789012";
  const std::string sha512 = "1234567890123456789012345678901234567890123456789012345678901234";
  const struct {
    std::int64_t seconds;
    const char *with_sha1, *with_sha256, *with_sha512;
  } rows[] = {{59, "94287082", "46119246", "90693936"},         {1111111109, "07081804", "68084774", "25091201"},
              {1111111111, "14050471", "67062674", "99943326"}, {1234567890, "89005924", "91819424", "93441116"},
              {2000000000, "69279037", "90698825", "38618901"}, {20000000000, "65353130", "77737706", "47863826"}};
  for (const auto& row : rows) {
    const std::int64_t step = totp_step(Instant{row.seconds * 1'000'000});
    EXPECT_EQ(totp(sha1, step, 8, OtpHash::sha1), row.with_sha1);
    EXPECT_EQ(totp(sha256, step, 8, OtpHash::sha256), row.with_sha256);
    EXPECT_EQ(totp(sha512, step, 8, OtpHash::sha512), row.with_sha512);
  }
}

TEST(Totp, ACodeIsGoodOnceAndForAStepEitherWay) {
  const std::string key = "12345678901234567890";
  const Instant now{1'111'111'111'000'000};
  const std::int64_t step = totp_step(now);
  for (int off = -1; off <= 1; ++off) EXPECT_EQ(check_totp(key, totp(key, step + off), now, 0), step + off);
  for (const int off : {-2, 2}) EXPECT_FALSE(check_totp(key, totp(key, step + off), now, 0)) << off;
  EXPECT_FALSE(check_totp(key, totp(key, step), now, step)) << "used already";
  for (const char* wrong : {"", "000000", "12345", "1234567", "abcdef"})
    EXPECT_FALSE(check_totp(key, wrong, now, 0)) << wrong;
}

TEST(Totp, IsToldToAuthenticators) {
  const struct {
    const char *bytes, *text;
  } rows[] = {{"", ""},
              {"f", "MY"},
              {"fo", "MZXQ"},
              {"foo", "MZXW6"},
              {"foob", "MZXW6YQ"},
              {"fooba", "MZXW6YTB"},
              {"foobar", "MZXW6YTBOI"}};
  for (const auto& row : rows) EXPECT_EQ(base32(row.bytes), row.text);   // RFC 4648 section 10
  EXPECT_EQ(totp_uri("foobar", "纲目", "a b"),
            "otpauth://totp/%E7%BA%B2%E7%9B%AE:a%20b?secret=MZXW6YTBOI&issuer=%E7%BA%B2%E7%9B%AE");
}

TEST(Backoff, DoublesUpToADay) {
  const Backoff rule;
  Failures failures;
  const Instant now{1'000'000'000};
  for (int i = 0; i < rule.free; ++i) {
    failures.failed(now, rule);
    EXPECT_EQ(failures.wait(now), 0);
  }
  for (const std::int64_t seconds : {30, 60, 120, 240}) {
    failures.failed(now, rule);
    EXPECT_EQ(failures.wait(now), seconds);
  }
  for (int i = 0; i < 100; ++i) failures.failed(now, rule);
  EXPECT_EQ(failures.wait(now), rule.most_seconds);
  EXPECT_EQ(failures.wait(Instant{now.micros + rule.most_seconds * 1'000'000}), 0);
}

TEST(Backoff, TimeForgets) {
  const Backoff rule{.forget_seconds = 3600};
  Failures failures;
  Instant now{1'000'000'000};
  for (int i = 0; i < 8; ++i) failures.failed(now, rule);
  now.micros += 3600 * 1'000'000LL + rule.seconds(8) * 1'000'000;
  failures.failed(now, rule);
  EXPECT_EQ(failures.count, 1);
  EXPECT_EQ(failures.wait(now), 0);
}

constexpr Backoff address_rule{.free = 3, .most_seconds = 900, .forget_seconds = 3600};

TEST(AddressTries, OneNameLocksNobodyElseOut) {
  AddressTries address(address_rule);
  const Instant now{1'000'000'000};
  for (int i = 0; i < 10'000; ++i) address.failed("colleague", now);
  EXPECT_EQ(address.wait(now), 0);
  for (const char* name : {"b", "c", "d"}) address.failed(name, now);
  EXPECT_EQ(address.wait(now), 30) << "many names do";
  address.failed("e", now);
  EXPECT_EQ(address.wait(now), 60);
}

TEST(AddressTries, ForgetsByTimeAndByASuccess) {
  AddressTries address(address_rule);
  Instant now{1'000'000'000};
  const auto spray = [&](char first) {
    for (int i = 0; i < 4; ++i) address.failed(std::string(1, first) + std::to_string(i), now);
  };
  spray('a');
  EXPECT_EQ(address.wait(now), 30);
  now.micros += 3600LL * 1'000'000;
  address.failed("later", now);
  EXPECT_EQ(address.wait(now), 0) << "an hour later the address begins anew";
  spray('b');
  EXPECT_GT(address.wait(now), 0);
  address.succeeded("somebody", now);
  EXPECT_EQ(address.wait(now), 0);
  spray('c');
  EXPECT_EQ(address.wait(now), 30);
  address.succeeded("somebody", now);
  EXPECT_EQ(address.wait(now), 30) << "one account speaks for an address once an hour";
  address.succeeded("somebody else", now);
  EXPECT_EQ(address.wait(now), 0);
}

}   // namespace
}   // namespace gangmu::access
