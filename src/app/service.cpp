// SPDX-License-Identifier: Apache-2.0
#include "app/service.hpp"

#include <algorithm>

#include "app/carry_tasks.hpp"
#include "app/errors.hpp"
#include "app/import_readings.hpp"
#include "app/picture.hpp"

namespace gangmu::app {

std::string Call::query_or(std::string_view name, std::string_view otherwise) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string(otherwise) : found->second;
}

struct Service::Entry {
  std::string programme;
  std::unique_ptr<store::Store> store;
};

Service::Service(System system, Limits limits)
    : system_(system), limits_(limits), import_readings_(std::make_unique<ImportReadings>(limits.import_kept_bytes)) {}
Service::~Service() = default;

Status Service::add(std::unique_ptr<store::Store> store) {
  const auto view = store->view();
  const auto* programme = programme_of(*view);
  if (!programme) return fail(errors::programme_undefined, {});
  for (const auto& entry : entries_) {
    if (entry->programme == programme->id) return fail(errors::programme_twice, {programme->id});
  }
  TRY(carry_tasks(*store));
  entries_.push_back(std::make_unique<Entry>(Entry{programme->id, std::move(store)}));
  return {};
}

Result<store::Store*> Service::store(const std::string& programme) const {
  for (const auto& entry : entries_) {
    if (entry->programme == programme) return entry->store.get();
  }
  const bool closed = std::ranges::find(left_out_, programme) != left_out_.end();
  return fail(closed ? errors::programme_closed : errors::unknown_programme, {programme});
}

std::vector<std::string> Service::programmes() const {
  std::vector<std::string> out;
  for (const auto& entry : entries_) out.push_back(entry->programme);
  return out;
}

std::shared_ptr<void> Service::subscribe(const std::string& programme, std::function<void(Seq)> on_commit) {
  const auto found = store(programme);
  return found ? (*found)->on_commit(std::move(on_commit)) : nullptr;
}

Status Service::require(const Call& call, Permission permission) const {
  if (call.actor.rights.holds(permission)) return {};
  if (!call.actor.rights.signed_in()) return fail(errors::not_signed_in);
  return fail(errors::forbidden,
              {std::string(access::facts_of(permission).zh), std::string(access::facts_of(permission).en)});
}

}   // namespace gangmu::app
