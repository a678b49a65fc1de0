// SPDX-License-Identifier: Apache-2.0
// An answer, and how its head is written. Security headers go with every answer: pages of this server load nothing from
// elsewhere, run no inline script, can't be framed and leak no address.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"

namespace gangmu::http {

struct Response {
  int status = 200;
  std::string content_type{};   ///< "" when there is no content
  std::string body{};
  std::string_view fixed{};                      ///< bytes that live as long as the program, instead of body
  std::shared_ptr<const std::string> shared{};   ///< bytes that other answers have too, instead of body
  std::vector<std::pair<std::string, std::string>>
      headers{};        ///< further ones; values made by us, never echoed unencoded
  std::string code{};   ///< of a refusal, for the log

  [[nodiscard]] std::string_view bytes() const { return shared ? *shared : fixed.empty() ? body : fixed; }
  [[nodiscard]] bool has_content() const { return status != 204 && status != 304; }
  void add(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
  [[nodiscard]] std::string_view header(std::string_view name) const;   ///< as added; empty when there is none
};

std::string_view reason(int status);   ///< "Not Found"
/// IMF-fixdate of RFC 9110, for the Date header.
std::string http_date(Instant at);
/// A Content-Disposition that keeps a Chinese file name (RFC 6266, RFC 8187).
std::string attachment(std::string_view file_name);

struct HeadFacts {
  bool keep_alive = true;
  bool secure = false;   ///< the page came over TLS and must go on doing so
  bool stream = false;   ///< length unknown, ends with the connection
  std::string_view date{};
  std::string_view request_id{};
};
/// Status line and header fields with the empty line that ends them.
std::string head_of(const Response& response, const HeadFacts& facts);

}   // namespace gangmu::http
