// SPDX-License-Identifier: Apache-2.0
// What a use case is asked and what it answers. A use case is a free function `Result<Reply> name(Service&, const Call&)`,
// grouped by noun; http and cli are two callers of the same functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace gangmu::app {

/// Who acts. Until accounts exist the server listens on loopback only and everyone is the person at this machine.
struct Actor {
  std::string id = "local";
  std::string name = "本机用户";
};

struct Call {
  std::string programme;                                 ///< id of the programme; empty for house-wide reads
  std::string id;                                        ///< first identifier in the path (place code, task id …)
  std::string sub_id;                                    ///< second identifier (a place within an assessment)
  std::map<std::string, std::string, std::less<>> query; ///< declared parameters only, decoded
  std::string body;                                      ///< JSON, or the bytes of an uploaded file
  Actor actor;
  std::string request_key;                               ///< Idempotency-Key; required for writes
  std::optional<Seq> if_match;                           ///< the seq the editor started from
  bool as_xlsx = false;                                  ///< the reader wants the table as a workbook

  [[nodiscard]] std::string query_or(std::string_view name, std::string_view otherwise) const;
};

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::optional<Seq> seq;                                ///< of the View that was read, or of the entry that was written
  std::string download_name;                             ///< for files
};

/// Every use case names the right it needs; access/ will decide who holds it. Order is not meaning.
enum class Permission {
  read_public,        ///< programmes, places, indicators, sources, version
  read_figures,       ///< observations and their explanations
  read_tasks,
  report_progress,    ///< progress, request to close
  close_tasks,        ///< close, return, reopen
  import_tasks,       ///< read, answer, confirm and undo a ledger
  read_assessments,
  run_assessments,
  load_programme,     ///< load a pack, export
};
std::string_view permission_name(Permission permission);

}  // namespace gangmu::app
