// SPDX-License-Identifier: Apache-2.0
// Answers and results that were made once and hold as long as their key says (the key names the seq they rest on, or a
// frozen object that never changes). Each has a weight and all together are bounded; the longest unused goes first.
// Thread-safe.
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
  explicit Recall(std::size_t most_weight) : most_(most_weight) {}

  template <class T>
  std::shared_ptr<const T> find(const std::string& key) {
    return std::static_pointer_cast<const T>(find_any(key));
  }
  /// Nothing heavier than an eighth of the whole is kept: it would push out what many ask for. Nothing weighs less
  /// than 1.
  void keep(const std::string& key, std::shared_ptr<const void> value, std::size_t weight = 1);

 private:
  struct Item {
    std::shared_ptr<const void> value;
    std::list<std::string>::iterator used;
    std::size_t weight;
  };
  std::shared_ptr<const void> find_any(const std::string& key);

  void forget(const std::string& key);

  const std::size_t most_;
  std::mutex mutex_;
  std::size_t weight_ = 0;
  std::map<std::string, Item> items_;
  std::list<std::string> order_;   ///< the longest unused first
};

}   // namespace gangmu::app
