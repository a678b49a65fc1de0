// SPDX-License-Identifier: Apache-2.0
// One row of the route table: address, use case, right, limits, parameters and answer. Matching, checking, OpenAPI and
// docs/api.md all read the same row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/call.hpp"
#include "http/request.hpp"

namespace gangmu::app {
class Service;
}

namespace gangmu::http {

enum class ParameterType : std::uint8_t { text, integer, choice, code, period, date };

struct Parameter {
  std::string_view name{};
  ParameterType type = ParameterType::text;
  std::string_view zh{}, en{};               ///< what it does
  std::int64_t least = 0, most = 0;          ///< of an integer; `most` of a text: bytes, 0 for the usual limit
  std::vector<std::string_view> choices{};   ///< of a choice
  bool required = false;
};

/// read: answers GET and HEAD, changes nothing. write: POST, needs a request key. stream: GET, server-sent events.
/// own: a read answered by this floor itself, on the loop.
enum class RouteKind : std::uint8_t { read, write, stream, own };
enum class BodyKind : std::uint8_t { none, json, file };

/// Which threads run it: what takes long, checks a password or waits for another server keeps nobody else waiting.
enum class Lane : std::uint8_t { quick, dear, sign_in, provider, relay };

using UseCase = Result<app::Reply> (*)(app::Service&, const app::Call&);

struct Route {
  std::string_view operation{};   ///< operationId, name of the use case: "report_progress"
  RouteKind kind = RouteKind::read;
  std::string_view path{};   ///< "/api/v1/{p}/tasks/{id}"; {p} is the programme, then id, then sub_id
  UseCase use_case = nullptr;
  app::Permission permission = app::Permission::read_public;
  std::string_view zh{}, en{};   ///< what it gives or does
  std::string_view answer{};     ///< schema of the answer (schemas.hpp), or a media type for text
  std::vector<Parameter> query{};
  bool table = false;   ///< path + ".xlsx" gives the same as a workbook
  bool edits = false;   ///< needs If-Match
  BodyKind body = BodyKind::none;
  std::string_view body_schema{};   ///< of a JSON body
  std::size_t body_bytes = 0;       ///< limit
  Lane lane = Lane::quick;
  int success = 200;   ///< status when it went well

  [[nodiscard]] Method method() const { return kind == RouteKind::write ? Method::post : Method::get; }
};

}   // namespace gangmu::http
