// SPDX-License-Identifier: Apache-2.0
#include "http/network.hpp"

#include <gtest/gtest.h>

namespace gangmu::http {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string client(const std::string& peer, const Fields& fields,
                   const std::vector<std::string>& proxies = {"10.0.0.0/8", "fd00::/8"}) {
  Request request;
  request.peer = peer;
  request.headers = fields;
  return client_of(request, *Networks::parse(proxies));
}

Fields lines(std::initializer_list<const char*> values) {
  Fields out;
  for (const char* value : values) out.emplace_back("x-forwarded-for", value);
  return out;
}

TEST(ClientOf, AProxyIsBelievedAndNobodyElse) {
  EXPECT_EQ(client("192.0.2.9", lines({"203.0.113.5"})), "192.0.2.9");
  EXPECT_EQ(client("10.0.0.1", lines({"203.0.113.5"})), "203.0.113.5");
  EXPECT_EQ(client("10.0.0.1", {}), "10.0.0.1");
  EXPECT_EQ(client("10.0.0.1", lines({"203.0.113.5"}), {}), "10.0.0.1");
}

TEST(ClientOf, LinesAreOneListInTheirOrder) {
  // What a client wrote itself stands first, whichever way the proxy adds what it saw.
  EXPECT_EQ(client("10.0.0.1", lines({"198.51.100.7, 203.0.113.5"})), "203.0.113.5");
  EXPECT_EQ(client("10.0.0.1", lines({"198.51.100.7", "203.0.113.5"})), "203.0.113.5");
  EXPECT_EQ(client("10.0.0.1", lines({"198.51.100.7,127.0.0.1", "203.0.113.5", "10.0.0.2"})), "203.0.113.5");
  EXPECT_EQ(client("10.0.0.1", lines({"127.0.0.1", "203.0.113.5"})), "203.0.113.5");
  EXPECT_EQ(client("10.0.0.1", lines({"10.9.9.9", "10.0.0.2"})), "10.9.9.9");
}

TEST(ClientOf, WhatIsNoAddressEndsTheList) {
  EXPECT_EQ(client("10.0.0.1", lines({"203.0.113.5, unknown"})), "10.0.0.1");
  EXPECT_EQ(client("10.0.0.1", lines({"203.0.113.5", ""})), "10.0.0.1");
  EXPECT_EQ(client("10.0.0.1", lines({"203.0.113.5, \t10.0.0.2"})), "203.0.113.5");
}

TEST(ClientOf, PortsAndBracketsOfSomeProxiesAreNoPartOfTheAddress) {
  EXPECT_EQ(client("10.0.0.1", lines({"203.0.113.5:4711"})), "203.0.113.5");
  EXPECT_EQ(client("10.0.0.1", lines({"[2001:db8::1]:4711"})), "2001:db8::1");
  EXPECT_EQ(client("10.0.0.1", lines({"[2001:db8::1]"})), "2001:db8::1");
  EXPECT_EQ(client("fd00::1", lines({"2001:db8::1"})), "2001:db8::1");
  EXPECT_EQ(client("10.0.0.1", lines({"[", "203.0.113.5:", ":"})), "10.0.0.1");
}

TEST(Neighbourhood, IsTheAddressOrTheNetworkOfOneHost) {
  EXPECT_EQ(neighbourhood("203.0.113.5"), "203.0.113.5");
  EXPECT_EQ(neighbourhood("2001:db8:1:2:3::4"), neighbourhood("2001:db8:1:2:ffff::9"));
  EXPECT_NE(neighbourhood("2001:db8:1:2::4"), neighbourhood("2001:db8:1:3::4"));
  EXPECT_EQ(neighbourhood(""), "");
}

}   // namespace
}   // namespace gangmu::http
