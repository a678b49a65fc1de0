// SPDX-License-Identifier: Apache-2.0
// A request as this floor sees it, independent of the library that read it from the wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gangmu::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };
std::string_view method_name(Method method);   ///< "GET"; "" for other
Method method_of(std::string_view name);

struct Request {
  std::string peer;   ///< address at the other end of the connection
  std::string id;     ///< ours, unique in the life of the server; in the answer and the log
  Method method = Method::get;
  std::string method_text = "GET";
  std::string target = "/";                                   ///< as sent
  std::vector<std::pair<std::string, std::string>> headers;   ///< names in lower case, order of arrival
  std::string body;

  [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_name) const;   ///< the first of that name
  /// All of that name as one list (RFC 9110 5.3): a proxy may add a line of its own instead of lengthening the one
  /// there.
  [[nodiscard]] std::string joined(std::string_view lower_name) const;
  [[nodiscard]] std::size_t count(std::string_view lower_name) const;
  [[nodiscard]] std::string_view header_or_empty(std::string_view lower_name) const {
    return header(lower_name).value_or("");
  }
};

}   // namespace gangmu::http
