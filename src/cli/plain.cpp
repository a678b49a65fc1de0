// SPDX-License-Identifier: Apache-2.0
#include "cli/plain.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/errors.hpp"
#include "sheet/csv.hpp"

namespace gangmu::cli {

Result<CsvRows> CsvRows::read(const std::filesystem::path& path, const std::vector<std::string>& required,
                              const std::vector<std::string>& optional) {
  store::SystemFiles files;
  TRY_ASSIGN(const std::string bytes, files.read(path));
  TRY_ASSIGN(const sheet::DecodedText text, sheet::decode_text(bytes, path.string()));
  sheet::Limits limits;
  limits.rows = 50'000'000;
  sheet::CsvReader reader(text.utf8, path.string(), limits);
  CsvRows out;
  out.file_ = path.string();
  for (;;) {
    TRY_ASSIGN(const bool more, reader.next());
    if (!more) break;
    const auto& fields = reader.fields();
    if (fields.size() == 1 && fields.front().empty()) continue;
    if (out.header_.empty()) {
      for (const auto field : fields) out.header_.emplace_back(text::trim(field));
      continue;
    }
    out.rows_.emplace_back(fields.begin(), fields.end());
    out.lines_.push_back(reader.line());
  }
  TRY(out.check_header(required, optional));
  return out;
}

Status CsvRows::check_header(const std::vector<std::string>& required, const std::vector<std::string>& optional) const {
  const Position where{.file = file_, .line = 1, .column = 0, .cell = {}};
  std::vector<std::string> known = required, misspelt;
  known.insert(known.end(), optional.begin(), optional.end());
  Diagnostics faults;
  for (auto column = header_.begin(); column != header_.end(); ++column) {
    if (std::find(header_.begin(), column, *column) != column)
      faults.push_back({&errors::column_twice, {*column}, where});
    if (optional.empty() || std::ranges::find(known, *column) != known.end()) continue;
    const std::string near = text::nearest(*column, known);
    misspelt.push_back(near);
    faults.push_back({&errors::column_unknown, {*column, near.empty() ? text::join(known, ",") : near}, where});
  }
  for (const std::string& column : required) {
    const bool told = std::ranges::find(misspelt, column) != misspelt.end();
    if (!told && std::ranges::find(header_, column) == header_.end())
      faults.push_back({&errors::column_missing, {column, text::join(required, ",")}, where});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

const std::string& CsvRows::at(std::size_t row, std::string_view column) const {
  static const std::string nothing;
  const auto found = std::ranges::find(header_, column);
  const auto index = static_cast<std::size_t>(found - header_.begin());
  return index < rows_[row].size() ? rows_[row][index] : nothing;
}

Position CsvRows::position(std::size_t row) const {
  return {.file = file_, .line = lines_[row], .column = 0, .cell = {}};
}

namespace {

std::string csv_of(const OutTable& table) {
  std::string out;
  const auto line = [&](const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i) out += ',';
      sheet::append_csv_field(out, fields[i]);
    }
    out += '\n';
  };
  line(table.header);
  for (const auto& row : table.rows) line(row);
  return out;
}

void json_of(std::string& out, const std::vector<OutTable>& tables) {
  JsonWriter json(out);
  json.begin_object();
  for (const OutTable& table : tables) {
    json.key(table.name).begin_array();
    for (const auto& row : table.rows) {
      json.begin_object();
      for (std::size_t i = 0; i < row.size(); ++i) json.key(table.header[i]).value(row[i]);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

}   // namespace

Status write_tables(store::Files& files, const std::vector<OutTable>& tables, std::string_view shown,
                    const std::string& out, bool json) {
  if (json) {
    std::string text;
    json_of(text, tables);
    fmt::print("{}\n", text);
  } else if (out.empty()) {
    for (const OutTable& table : tables)
      if (table.name == shown) fmt::print("{}", csv_of(table));
  }
  if (out.empty()) return {};
  TRY(files.make_folder(out));
  for (const OutTable& table : tables)
    TRY(files.write_durably(std::filesystem::path(out) / (table.name + ".csv"), csv_of(table), 0644));
  return {};
}

}   // namespace gangmu::cli
