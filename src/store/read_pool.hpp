// SPDX-License-Identifier: Apache-2.0
// A few connections for reads, lent to one caller at a time. A query runs in one read transaction and is stopped when
// it takes longer than the limit, so that no reader holds the log of SQLite back.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.hpp"
#include "store/database.hpp"

namespace gangmu::store {

class ReadPool {
 public:
  using Opener = std::function<Result<std::unique_ptr<Database>>()>;
  ReadPool(Opener opener, std::size_t connections, int milliseconds);

  Status run(const std::function<Status(Database&)>& query);

 private:
  Result<std::unique_ptr<Database>> take();
  void give_back(std::unique_ptr<Database> database);

  Opener opener_;
  int milliseconds_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Database>> idle_;
  std::size_t may_open_;
};

}   // namespace gangmu::store
