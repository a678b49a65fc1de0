// SPDX-License-Identifier: Apache-2.0
#include "access/throttle.hpp"

namespace gangmu::access {
namespace {

constexpr std::size_t names_most = 1000;   ///< of one address: more wait for the most there is anyway

}   // namespace

void AddressTries::forget(Names& names, Instant at) const {
  std::erase_if(
      names, [&](const auto& entry) { return at.micros - entry.second.micros >= rule_->forget_seconds * 1'000'000; });
  if (names.size() >= names_most) names.erase(std::ranges::min_element(names, {}, &Names::value_type::second));
}

void AddressTries::failed(const std::string& name, Instant at) {
  const bool again = failed_.contains(name);
  if (!again) forget(failed_, at);
  failed_[name] = at;
  const int names = static_cast<int>(failed_.size());
  if (!again && names > rule_->free) blocked_until_ = Instant{at.micros + rule_->seconds(names) * 1'000'000};
}

void AddressTries::succeeded(const std::string& name, Instant at) {
  failed_.erase(name);
  forget(spoke_, at);
  if (!spoke_.try_emplace(name, at).second) return;
  failed_.clear();
  blocked_until_ = {};
}

}   // namespace gangmu::access
