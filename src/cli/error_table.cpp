// SPDX-License-Identifier: Apache-2.0
#include "cli/error_table.hpp"

#include <fmt/format.h>

#include <span>

#include "access/errors.hpp"
#include "app/errors.hpp"
#include "base/errors.hpp"
#include "cli/errors.hpp"
#include "fact/errors.hpp"
#include "flow/errors.hpp"
#include "formula/errors.hpp"
#include "http/errors.hpp"
#include "pack/errors.hpp"
#include "place/errors.hpp"
#include "plan/errors.hpp"
#include "record/errors.hpp"
#include "score/errors.hpp"
#include "sheet/errors.hpp"
#include "sim/errors.hpp"
#include "store/errors.hpp"

namespace gangmu::cli {

std::vector<const ErrorKind*> error_table() {
  std::vector<const ErrorKind*> out;
  const auto add = [&](std::span<const ErrorKind* const> kinds) { out.insert(out.end(), kinds.begin(), kinds.end()); };
  add(gangmu::errors::all);
  add(gangmu::formula::errors::all);
  add(gangmu::flow::errors::all);
  add(gangmu::place::errors::all);
  add(gangmu::record::errors::all);
  add(gangmu::access::errors::all);
  add(gangmu::fact::errors::all);
  add(gangmu::score::errors::all);
  add(gangmu::plan::errors::all);
  add(gangmu::sheet::errors::all);
  add(gangmu::pack::errors::all);
  add(gangmu::sim::errors::all);
  add(gangmu::store::errors::all);
  add(gangmu::app::errors::all);
  add(gangmu::http::errors::all);
  add(gangmu::cli::errors::all);
  return out;
}

namespace {

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

}   // namespace

std::string errors_markdown() {
  std::string out =
      "# Errors\n\nEvery error the house tells, by code; `{0}`, `{1}` … stand for what it was about. Generated from "
      "the parts' `errors.hpp`\n"
      "(`make bless`); a status is what the HTTP floor answers.\n\n| code | status | zh | en |\n|---|---|---|---|\n";
  for (const ErrorKind* kind : error_table()) {
    out += fmt::format("| `{}` | {} | {} | {} |\n", kind->code(), kind->http_status, cell(kind->zh), cell(kind->en));
  }
  return out;
}

}   // namespace gangmu::cli
