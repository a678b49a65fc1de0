// SPDX-License-Identifier: Apache-2.0
#include "store/read_pool.hpp"

namespace gangmu::store {

ReadPool::ReadPool(Opener opener, std::size_t connections, int milliseconds)
    : opener_(std::move(opener)), milliseconds_(milliseconds), may_open_(connections) {}

Result<std::unique_ptr<Database>> ReadPool::take() {
  std::unique_lock lock(mutex_);
  free_.wait(lock, [&] { return !idle_.empty() || may_open_ > 0; });
  if (!idle_.empty()) {
    auto database = std::move(idle_.back());
    idle_.pop_back();
    return database;
  }
  --may_open_;
  lock.unlock();
  auto opened = opener_();
  if (opened)
    (*opened)->limit_reads(milliseconds_);
  else
    give_back(nullptr);
  return opened;
}

/// A connection that is of no more use makes room for a new one.
void ReadPool::give_back(std::unique_ptr<Database> database) {
  {
    const std::lock_guard lock(mutex_);
    if (database && !database->broken())
      idle_.push_back(std::move(database));
    else
      ++may_open_;
  }
  free_.notify_one();
}

Status ReadPool::run(const std::function<Status(Database&)>& query) {
  TRY_ASSIGN(auto database, take());
  Status done;
  try {
    done = database->begin_read();
    if (done) done = query(*database);
  } catch (...) {
    database->rollback();
    give_back(std::move(database));
    throw;
  }
  database->rollback();
  give_back(std::move(database));
  return done;
}

}   // namespace gangmu::store
