// SPDX-License-Identifier: Apache-2.0
// Answers and results that were made once and hold as long as their key says (the key names the seq they rest on, or a frozen
// object that never changes). Bounded by count, the longest unused goes first. Thread-safe.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace gangmu::app {

class Recall {
 public:
  explicit Recall(std::size_t most) : most_(most) {}

  template <class T>
  std::shared_ptr<const T> find(const std::string& key) {
    return std::static_pointer_cast<const T>(find_any(key));
  }
  void keep(const std::string& key, std::shared_ptr<const void> value);

 private:
  struct Item {
    std::shared_ptr<const void> value;
    std::list<std::string>::iterator used;
  };
  std::shared_ptr<const void> find_any(const std::string& key);

  std::size_t most_;
  std::mutex mutex_;
  std::map<std::string, Item> items_;
  std::list<std::string> order_;   ///< the longest unused first
};

}  // namespace gangmu::app
