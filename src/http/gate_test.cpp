// SPDX-License-Identifier: Apache-2.0
#include "http/gate.hpp"

#include <gtest/gtest.h>

#include "http/errors.hpp"

namespace gangmu::http {
namespace {

Request with(std::vector<std::pair<std::string, std::string>> headers) {
  Request out;
  out.headers = std::move(headers);
  return out;
}

std::string told(const Status& status) { return status ? "in" : std::string(status.error().first().kind->name); }

TEST(Gate, AnswersToThisMachineOnly) {
  for (const char* host : {"localhost", "localhost:8080", "LocalHost:80", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
    EXPECT_EQ(told(check_host(with({{"host", host}}))), "in") << host;
  for (const char* host : {"", "evil.example", "localhost.evil.example", "evil.example:8080", "127.0.0.1.evil.example",
                           "localhost:80a", "[::1", "localhost:123456", "192.168.1.2:8080", "user@localhost", "::1"})
    EXPECT_EQ(told(check_host(with({{"host", host}}))), "host_refused") << host;
  EXPECT_EQ(told(check_host(with({}))), "host_missing");
  EXPECT_EQ(told(check_host(with({{"host", "localhost"}, {"host", "localhost"}}))), "host_missing");
}

TEST(Gate, WritesComeFromOurOwnPages) {
  const std::pair<std::string, std::string> host{"host", "localhost:8080"};
  EXPECT_EQ(told(check_same_origin(with({host}))), "in");
  EXPECT_EQ(
      told(check_same_origin(with({host, {"origin", "http://localhost:8080"}, {"sec-fetch-site", "same-origin"}}))),
      "in");
  EXPECT_EQ(told(check_same_origin(with({host, {"sec-fetch-site", "none"}}))), "in");
  for (const char* origin : {"http://evil.example", "null", "http://localhost:9999", "http://127.0.0.1:8080",
                             "localhost:8080", "file://localhost:8080"})
    EXPECT_EQ(told(check_same_origin(with({host, {"origin", origin}}))), "cross_site") << origin;
  for (const char* site : {"cross-site", "same-site", ""})
    EXPECT_EQ(told(check_same_origin(with({host, {"sec-fetch-site", site}}))), "cross_site") << site;
}

TEST(Gate, RequestKeys) {
  const auto key = [](std::string_view field) {
    const Result<std::string> read = request_key(with({{"idempotency-key", std::string(field)}}));
    return read ? *read : std::string(read.error().first().kind->name);
  };
  for (const std::string_view field :
       {"0123456789abcdefabcdef0123456789", "0123456789abcdefABCDEF0123456789", "01234567-89ab-cdef-abcd-ef0123456789",
        "01234567-89AB-CDEF-abcd-ef0123456789", "\"01234567-89ab-cdef-abcd-ef0123456789\"",
        "\"0123456789abcdefabcdef0123456789\""})
    EXPECT_EQ(key(field), "0123456789abcdefabcdef0123456789") << field;
  for (const std::string_view field :
       {"0123", "0123456789abcdef0123456789abcdeg", "01234567-89ab-cdef-abcd-ef012345678", "\"\"", "\"",
        "0123456789ab-cdef-abcd-ef01-23456789", "01234567-89ab-cdef-abcd-ef01-3456789",
        "01234567-89ab-cdef-abcd-ef012345678g", "{01234567-89ab-cdef-abcd-ef0123456789}",
        "\"01234567-89ab-cdef-abcd-ef0123456789", "urn:uuid:01234567-89ab-cdef-abcd-ef0123456789",
        "------------------------------------"})
    EXPECT_EQ(key(field), "request_key_malformed") << field;
  EXPECT_EQ(key(""), "request_key_missing");
  EXPECT_EQ(request_key(with({})).error().first().kind->name, std::string_view("request_key_missing"));
}

TEST(Gate, EditsNameWhatTheyStartedFrom) {
  const auto from = [](std::string_view field) {
    const Result<Seq> seq = edited_from(with({{"if-match", std::string(field)}}));
    return seq ? std::to_string(seq->value) : std::string(seq.error().first().kind->name);
  };
  EXPECT_EQ(from("\"123\""), "123");
  EXPECT_EQ(from("W/\"123-jiangmen-json-0.1.0-19000\""), "123");
  for (const std::string_view field :
       {"123", "\"\"", "\"x\"", "\"12x\"", "\"-1\"", "*", "\"1\", \"2\"", "\"99999999999999999999\""})
    EXPECT_EQ(from(field), "if_match_malformed") << field;
  EXPECT_EQ(from(""), "if_match_missing");
}

}   // namespace
}   // namespace gangmu::http
