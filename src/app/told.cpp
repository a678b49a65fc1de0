// SPDX-License-Identifier: Apache-2.0
#include "app/told.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gangmu::app {
namespace {

constexpr std::size_t told_most = 20;

/// The rest is daily work: it is listed and nobody is called to it.
bool announced(const std::string& act) {
  static constexpr std::array<std::string_view, 5> acts = {"reset_account", "reset_second_factor", "confirm_grants",
                                                           "disable_account", "enable_account"};
  return std::ranges::find(acts, act) != acts.end();
}

Json::Array told(const store::Account& account) {
  const Json::Array* list = account.body["told"].array();
  return list ? *list : Json::Array{};
}

}   // namespace

void tell(store::Account& account, const std::string& act, const std::string& by, Instant at) {
  Json::Array list = told(account);
  if (list.size() >= told_most) list.erase(list.begin());
  Json one;
  one.set("act", act);
  one.set("at", at.micros);
  one.set("by", by);
  if (!announced(act)) one.set("seen", true);
  list.push_back(std::move(one));
  account.body.set("told", Json(std::move(list)));
}

std::int64_t told_unseen(const store::Account& account) {
  return std::ranges::count_if(told(account), [](const Json& one) { return !one["seen"].boolean_or(false); });
}

void note_seen(store::Account& account) {
  Json::Array list = told(account);
  for (Json& one : list) one.set("seen", true);
  if (!list.empty()) account.body.set("told", Json(std::move(list)));
}

}   // namespace gangmu::app
