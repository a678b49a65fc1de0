// SPDX-License-Identifier: Apache-2.0
// Counters for a monitoring system, in the text exposition format of Prometheus 0.0.4. Touched by the event loop only.
// Labels are route names and statuses, never anything a client sent.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.hpp"

namespace gangmu::http {

/// Of a programme's store.
struct StoreState {
  std::string programme;
  Seq seq;
  bool writable = true;
};

class Metrics {
 public:
  std::int64_t connections = 0, streams = 0, in_flight = 0, uploading_bytes = 0, sending_bytes = 0;   ///< now
  std::int64_t connections_most = 0;
  std::uint64_t accepted = 0, given_way = 0;   ///< connections since the start

  /// `operation` lives as long as the program ("home", "asset", "unknown").
  void count(std::string_view operation, int status, std::chrono::microseconds took, std::size_t sent_bytes);
  [[nodiscard]] std::string text(const std::vector<StoreState>& stores) const;

 private:
  static constexpr std::array<std::int64_t, 11> bounds_us{500,    1'000,   2'500,   5'000,     10'000,   25'000,
                                                          50'000, 100'000, 500'000, 1'000'000, 5'000'000};
  struct Histogram {
    std::array<std::uint64_t, bounds_us.size() + 1> buckets{};
    std::uint64_t sum_us = 0;
  };
  std::map<std::pair<std::string_view, int>, std::uint64_t> requests_;
  std::map<std::string_view, Histogram> took_;
  std::uint64_t sent_bytes_ = 0;
};

/// Counts up while it lives.
class Counted {
 public:
  Counted(std::int64_t& counter, std::int64_t n) : counter_(counter), n_(n) { counter_ += n_; }
  ~Counted() { counter_ -= n_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::int64_t& counter_;
  std::int64_t n_;
};

}   // namespace gangmu::http
