// SPDX-License-Identifier: Apache-2.0
#include "http/target.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

/// "seg|seg ? name=value ; name=value", or the error's name.
std::string read(std::string_view target) {
  const Result<Target> parsed = Target::parse(target);
  if (!parsed) return std::string(parsed.error().first().kind->name);
  std::string out = text::join(parsed->segments, "|");
  for (const auto& [name, value] : parsed->query) out += " ? " + name + "=" + value;
  return out;
}

TEST(Target, IsTakenApart) {
  const struct {
    std::string_view target, read;
  } table[] = {
      {"/", ""},
      {"/api/v1/places", "api|v1|places"},
      {"/a/b/", "a|b|"},
      {"/a?x=1&y=2", "a ? x=1 ? y=2"},
      {"/a?q=%E6%81%A9%E5%B9%B3+%E5%8E%BF", "a ? q=恩平 县"},
      {"/a%2Fb", "a/b"},
      {"/a+b", "a+b"},
      {"/a?x", "a ? x="},
      {"/a?x=1=2", "a ? x=1=2"},
      {"/a?&&x=1&", "a ? x=1"},
      {"/a?", "a"},
      {"/a?=1", "a"},
      {"/恩平", "恩平"},
  };
  for (const auto& row : table) EXPECT_EQ(read(row.target), row.read) << row.target;
}

TEST(Target, RefusesWhatCouldMislead) {
  for (const std::string_view target : {"", "a", "*", "http://elsewhere/", "localhost:80", "/a#b", "/../etc/passwd",
                                        "/a/./b", "/a/%2e%2E/b", "/a\\..\\b"})
    EXPECT_EQ(read(target), "target_malformed") << target;
  for (const std::string_view target :
       {"/%", "/%4", "/%zz", "/a?x=%", "/%00", "/a?x=%0d%0a", "/%ff", "/%C0%AF", "/%7f", "/\xff"})
    EXPECT_EQ(read(target), "percent_malformed") << target;
}

}   // namespace
}   // namespace gangmu::http
