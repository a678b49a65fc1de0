// SPDX-License-Identifier: Apache-2.0
// Shared by the plain-file doors: csv files as rows by column name, tables out as csv files or JSON.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/system.hpp"

namespace gangmu::cli {

/// A csv file with a header line, read whole; a missing column is an error that names the expected header. Where the
/// optional columns are named, any other is an error, too: it may be a misspelt one.
class CsvRows {
 public:
  static Result<CsvRows> read(const std::filesystem::path& path, const std::vector<std::string>& required,
                              const std::vector<std::string>& optional = {});
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  /// "" when the column is absent or the cell is empty.
  [[nodiscard]] const std::string& at(std::size_t row, std::string_view column) const;
  [[nodiscard]] Position position(std::size_t row) const;

 private:
  [[nodiscard]] Status check_header(const std::vector<std::string>& required,
                                    const std::vector<std::string>& optional) const;

  std::string file_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<int> lines_;
};

struct OutTable {
  std::string name;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

/// --out DIR writes one csv a table; --json prints one object of arrays; neither: csv of the table named `shown` to
/// standard output.
Status write_tables(store::Files& files, const std::vector<OutTable>& tables, std::string_view shown,
                    const std::string& out, bool json);

}   // namespace gangmu::cli
