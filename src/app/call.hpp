// SPDX-License-Identifier: Apache-2.0
// What a use case is asked and what it answers. A use case is a free function `Result<Reply> name(Service&, const
// Call&)`, grouped by noun; http and cli are two callers of the same functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "access/decide.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

namespace gangmu::app {

using access::Permission;
using access::permission_name;

/// Who acts. One who has not signed in has no id and hardly any rights; identity.hpp tells who it is from the session.
struct Actor {
  std::string id;   ///< "u3f09c2a1b4"; "u3f…/u77…" acts on behalf of the second; "local", "console"
  access::Rights rights;
  PlaceId home{};   ///< of the account
  std::string account{};
  std::string session{};   ///< ends the right to write the moment it is taken away

  /// The person at this machine, while the programme has no accounts; the command line.
  static Actor local() { return {.id = "local", .rights = access::Rights::of_the_machine()}; }
  static Actor console() { return {.id = "console", .rights = access::Rights::of_the_console()}; }
};

struct Call {
  std::string programme;                                   ///< id of the programme; empty for house-wide reads
  std::string id;                                          ///< first identifier in the path (place code, task id …)
  std::string sub_id;                                      ///< second identifier (a place within an assessment)
  std::map<std::string, std::string, std::less<>> query;   ///< declared parameters only, decoded
  std::string body;                                        ///< JSON, or the bytes of an uploaded file
  Actor actor;
  std::string request_key;                                    ///< Idempotency-Key; required for writes
  std::optional<Seq> if_match;                                ///< the seq the editor started from
  bool as_xlsx = false;                                       ///< the reader wants the table as a workbook
  std::string token;                                          ///< of the session, as the browser sent it; empty: none
  std::string on_behalf;                                      ///< id of the account that is stood in for (代填)
  std::map<std::string, std::string, std::less<>> browsers;   ///< account → token of a browser that signed in to it
  std::string peer;                                           ///< address of the client
  bool at_machine = false;                                    ///< the client is on this machine

  [[nodiscard]] std::string query_or(std::string_view name, std::string_view otherwise) const;
};

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::optional<Seq> seq;             ///< of the View that was read, or of the entry that was written
  std::string download_name;          ///< for files
  std::optional<std::string> token;   ///< a session that began; empty text: it ended
  /// Account and token by which it knows this browser from now on.
  std::optional<std::pair<std::string, std::string>> browser;
};

}   // namespace gangmu::app
