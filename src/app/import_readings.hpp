// SPDX-License-Identifier: Apache-2.0
// Ledgers that were read, kept for the next page and the next reader: a workbook is read once for each set of answers,
// not for each request. One is read at a time, so that memory is that of what is kept and of one more.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>

#include "app/import_reading.hpp"

namespace gangmu::app {

class ImportReadings {
 public:
  /// The one kept last stays whatever it weighs.
  explicit ImportReadings(std::size_t most_bytes) : most_(most_bytes) {}

  using Make = std::function<Result<SharedLedger>()>;
  /// As kept under the key, else as made now. Who asks meanwhile waits.
  Result<SharedLedger> get(const std::string& key, const Make& make);
  /// Not kept: there is no key for it yet.
  Result<SharedLedger> once(const Make& make);
  void keep(const std::string& key, SharedLedger reading);
  /// Held by an upload from counting what waits until its own is seen by the next.
  [[nodiscard]] std::unique_lock<std::mutex> upload_turn() { return std::unique_lock(uploads_); }

 private:
  struct Item {
    std::string key;
    SharedLedger reading;
  };
  SharedLedger find(const std::string& key);

  const std::size_t most_;
  std::mutex kept_, reading_, uploads_;
  std::deque<Item> items_;   ///< the longest unused first
};

}   // namespace gangmu::app
