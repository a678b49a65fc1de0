// SPDX-License-Identifier: Apache-2.0
#include "http/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace gangmu::http {
namespace {

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

template <class Number>
void single(std::string& out, std::string_view name, std::string_view type, std::string_view help, Number value) {
  head(out, name, type, help);
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

/// Seconds of a number of microseconds, without trailing zeros: 500 → 0.0005.
std::string seconds(std::uint64_t us) {
  std::string out = fmt::format("{}.{:06}", us / 1'000'000, us % 1'000'000);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out;
}

}   // namespace

void Metrics::count(std::string_view operation, int status, std::chrono::microseconds took, std::size_t sent_bytes) {
  ++requests_[{operation, status}];
  Histogram& histogram = took_[operation];
  const auto bucket = std::lower_bound(bounds_us.begin(), bounds_us.end(), took.count()) - bounds_us.begin();
  ++histogram.buckets[static_cast<std::size_t>(bucket)];
  histogram.sum_us += static_cast<std::uint64_t>(took.count());
  sent_bytes_ += sent_bytes;
}

std::string Metrics::text(const std::vector<StoreState>& stores) const {
  std::string out;
  const auto to = std::back_inserter(out);
  head(out, "gangmu_http_requests_total", "counter", "answered requests by route and status");
  for (const auto& [key, n] : requests_)
    fmt::format_to(to, "gangmu_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first, key.second, n);
  head(out, "gangmu_http_request_seconds", "histogram", "from the end of the header to the last byte of the answer");
  for (const auto& [operation, histogram] : took_) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i <= bounds_us.size(); ++i) {
      sum += histogram.buckets[i];
      const std::string bound = i < bounds_us.size() ? seconds(static_cast<std::uint64_t>(bounds_us[i])) : "+Inf";
      fmt::format_to(to, "gangmu_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", operation, bound, sum);
    }
    fmt::format_to(to, "gangmu_http_request_seconds_sum{{route=\"{}\"}} {}\n", operation, seconds(histogram.sum_us));
    fmt::format_to(to, "gangmu_http_request_seconds_count{{route=\"{}\"}} {}\n", operation, sum);
  }
  single(out, "gangmu_http_sent_bytes_total", "counter", "bytes of answers, heads included", sent_bytes_);
  single(out, "gangmu_http_accepted_total", "counter", "connections accepted", accepted);
  single(out, "gangmu_http_given_way_total", "counter", "connections closed to make room for others", given_way);
  single(out, "gangmu_http_connections", "gauge", "open connections", connections);
  single(out, "gangmu_http_connections_most", "gauge", "how many may be open", connections_most);
  single(out, "gangmu_http_streams", "gauge", "open change streams", streams);
  single(out, "gangmu_http_in_flight", "gauge", "requests whose body is here and whose answer is not made yet",
         in_flight);
  single(out, "gangmu_http_uploading_bytes", "gauge", "bytes of larger bodies being received", uploading_bytes);
  single(out, "gangmu_http_sending_bytes", "gauge", "bytes of larger answers being sent", sending_bytes);
  head(out, "gangmu_store_seq", "gauge", "last entry of the journal that readers see");
  for (const StoreState& store : stores)
    fmt::format_to(to, "gangmu_store_seq{{programme=\"{}\"}} {}\n", store.programme, store.seq.value);
  head(out, "gangmu_store_writable", "gauge", "0: a fault stopped writing, or what is written elsewhere can't be read");
  for (const StoreState& store : stores)
    fmt::format_to(to, "gangmu_store_writable{{programme=\"{}\"}} {:d}\n", store.programme, store.writable);
  return out;
}

}   // namespace gangmu::http
