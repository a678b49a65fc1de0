// SPDX-License-Identifier: Apache-2.0
#include "http/access_log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>
#include <utility>

#include "base/json.hpp"

namespace gangmu::http {

std::string access_line(const Access& access) {
  std::string line;
  line.reserve(256);
  JsonWriter out(line);
  out.begin_object().key("at").value(access.at.text()).key("request_id").value(access.request_id);
  out.key("method").value(access.method).key("operation").value(access.operation).key("path").value(access.path);
  out.key("status").value(access.status);
  for (const auto& [name, value] :
       {std::pair("code", access.code), std::pair("actor", access.actor), std::pair("peer", access.peer)}) {
    if (!value.empty()) out.key(name).value(value);
  }
  out.key("us").value(static_cast<std::int64_t>(access.took.count()));
  out.key("in")
      .value(static_cast<std::int64_t>(access.received))
      .key("out")
      .value(static_cast<std::int64_t>(access.sent));
  out.end_object();
  return line;
}

std::function<void(std::string_view)> log_to_stderr() {
  auto logger = std::make_shared<spdlog::logger>("access", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%v");
  return [logger](std::string_view line) { logger->info(spdlog::string_view_t(line.data(), line.size())); };
}

}   // namespace gangmu::http
