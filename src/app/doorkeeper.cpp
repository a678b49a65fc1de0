// SPDX-License-Identifier: Apache-2.0
#include "app/doorkeeper.hpp"

#include <algorithm>
#include <chrono>

#include "access/totp.hpp"
#include "app/errors.hpp"

namespace gangmu::app {
namespace {

/// A hundred tries a day are what this leaves a guesser.
constexpr access::Backoff account_rule{.most_seconds = 15 * 60};
constexpr int tries_a_day = 96;   ///< of an account whose waits grow no longer
/// Names, not failures.
constexpr access::Backoff peer_rule{.free = 50, .most_seconds = 15 * 60, .forget_seconds = 3600};
constexpr std::size_t book_limit = 10'000;
/// Each needs the right six digits first, which a guesser meets once in some hundred thousand tries.
constexpr int proofs_a_step = 3;
constexpr std::chrono::seconds patience{5};

std::string key_of(const Doorkeeper::Visitor& visitor) {
  return visitor.browser.empty() ? visitor.account : visitor.account + "@" + visitor.browser;
}

std::int64_t wait_of(const auto& book, const std::string& key, Instant now) {
  const auto found = book.find(key);
  return found == book.end() ? 0 : found->second.wait(now);
}

Instant end_of(const access::Failures& failures) { return failures.blocked_until; }
Instant end_of(const access::AddressTries& tries) { return tries.blocked_until(); }

/// A full book forgets those who are free to try; when all must wait, the one who waits least.
void make_room(auto& book, const std::string& key, Instant now) {
  if (book.size() < book_limit || book.contains(key)) return;
  std::erase_if(book, [&](const auto& entry) { return entry.second.wait(now) == 0; });
  if (book.size() >= book_limit)
    book.erase(std::ranges::min_element(book, {}, [](const auto& entry) { return end_of(entry.second); }));
}

}   // namespace

Status Doorkeeper::admit(const Visitor& visitor, Instant now) const {
  const std::lock_guard lock(mutex_);
  const std::int64_t own = wait_of(accounts_, key_of(visitor), now);
  const std::int64_t seconds = visitor.browser.empty() ? std::max(own, wait_of(peers_, visitor.peer, now)) : own;
  if (seconds > 0) return fail(errors::too_many_attempts, {std::to_string(seconds)});
  return {};
}

bool Doorkeeper::may_prove(const Visitor& visitor, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto old = [&](const Counted& proofs) {
    return now.micros - proofs.since.micros >= access::totp_seconds * 1'000'000;
  };
  std::erase_if(proofs_, [&](const auto& entry) { return old(entry.second); });
  if (proofs_.size() >= book_limit) return false;
  Counted& proofs = proofs_.try_emplace(visitor.account, Counted{now, 0}).first->second;
  return ++proofs.count <= proofs_a_step;
}

void Doorkeeper::remember(const Visitor& visitor, const access::Failures& failures, Instant now) {
  if (failures.count == 0) return;
  const std::lock_guard lock(mutex_);
  make_room(accounts_, visitor.account, now);
  access::Failures& known = accounts_[visitor.account];
  if (failures.count > known.count) known = failures;
}

std::optional<access::Failures> Doorkeeper::failed(const Visitor& visitor, Instant now) {
  const std::lock_guard lock(mutex_);
  const std::string key = key_of(visitor);
  make_room(accounts_, key, now);
  access::Failures& account = accounts_[key];
  account.failed(now, account_rule);
  if (!visitor.browser.empty()) return std::nullopt;
  make_room(peers_, visitor.peer, now);
  peers_.try_emplace(visitor.peer, peer_rule).first->second.failed(visitor.account, now);
  const bool longer = account_rule.seconds(account.count) > account_rule.seconds(account.count - 1);
  return longer || account.count % tries_a_day == 0 ? std::optional(account) : std::nullopt;
}

void Doorkeeper::succeeded(const Visitor& visitor, Instant now) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(visitor.account);
  accounts_.erase(key_of(visitor));
  const auto peer = peers_.find(visitor.peer);
  if (peer != peers_.end()) peer->second.succeeded(visitor.account, now);
}

bool Doorkeeper::tell_refusal(const std::string& programme, Instant now) {
  const std::lock_guard lock(mutex_);
  Counted& counted = refusals_[programme];
  if (now.micros - counted.since.micros >= 3'600'000'000) counted = {now, 0};
  std::int64_t rest = ++counted.count;
  while (rest % 10 == 0) rest /= 10;
  return rest == 1;
}

void Doorkeeper::forget(const std::string& account) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(account);
}

Result<Doorkeeper::Turn> Doorkeeper::take(Lane& lane) {
  std::unique_lock lock(mutex_);
  if (lane.waiting >= lane.waiting_most) return fail(errors::too_many_sign_ins);
  ++lane.waiting;
  const bool mine = lane.free.wait_for(lock, patience, [&] { return lane.running < lane.at_once; });
  --lane.waiting;
  if (!mine) return fail(errors::too_many_sign_ins);
  ++lane.running;
  return Turn(*this, lane);
}

Doorkeeper::Turn::~Turn() {
  if (!keeper_) return;
  const std::lock_guard lock(keeper_->mutex_);
  --lane_->running;
  lane_->free.notify_one();
}

}   // namespace gangmu::app
