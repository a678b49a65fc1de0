// SPDX-License-Identifier: Apache-2.0
// Reading our own source, for the tests that hold the house together (include_graph_test.cpp, house_rules_test.cpp). A
// rule is a function from a path and a text to findings "path:line: what", so that each can be shown to fail on a bad
// sample.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace gangmu::house {

using Findings = std::vector<std::string>;

struct Source {
  std::string path;   ///< from src/, as "score/mean.cpp"
  std::string text;
};

inline std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Every .hpp and .cpp under src/.
inline std::vector<Source> sources() {
  const std::filesystem::path root = std::filesystem::path(GANGMU_SOURCE_DIR) / "src";
  std::vector<Source> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".hpp" || extension == ".cpp"))
      out.push_back({entry.path().lexically_relative(root).generic_string(), read(entry.path())});
  }
  return out;
}

inline std::string part_of(std::string_view path) { return std::string(path.substr(0, path.find('/'))); }

/// Tests, their helpers and benchmarks may use the system freely.
inline bool is_test(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.starts_with("test_") || name.find("_test.") != std::string_view::npos ||
         name.find("_bench.") != std::string_view::npos;
}

enum class Keep { literals, code_only };

/// The text with comments blanked, and with the insides of literals blanked too unless they are kept; lines stay lines.
inline std::string without_comments(std::string_view text, Keep keep) {
  std::string out(text);
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < out.size(); ++i)
      if (out[i] != '\n') out[i] = ' ';
  };
  const auto after = [&](std::string_view mark, std::size_t from) {
    const std::size_t at = text.find(mark, from);
    return at == std::string_view::npos ? text.size() : at + mark.size();
  };
  const auto identifier = [&](std::size_t i) {
    return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || text[i] == '_');
  };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (text.substr(i, 2) == "//") {
      end = std::min(text.find('\n', i), text.size());
      blank(i, end);
    } else if (text.substr(i, 2) == "/*") {
      end = after("*/", i + 2);
      blank(i, end);
    } else if (text.substr(i, 2) == "R\"" && (i == 0 || !identifier(i - 1))) {
      const std::size_t open = std::min(text.find('(', i), text.size());
      end = after(")" + std::string(text.substr(i + 2, open - i - 2)) + "\"", open);
      if (keep == Keep::code_only) blank(i + 2, end - 1);
    } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !identifier(i - 1)))) {   // 1'000 is no literal
      while (end < text.size() && text[end] != text[i] && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      if (keep == Keep::code_only) blank(i + 1, end);
      ++end;
    }
    i = end;
  }
  return out;
}

inline std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

struct Include {
  int line = 0;
  std::string target;
  bool quoted = false;
};

inline std::vector<Include> includes_of(std::string_view text) {
  const std::string plain = without_comments(text, Keep::literals);
  std::vector<Include> out;
  int number = 0;
  for (std::string_view line : lines_of(plain)) {
    ++number;
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with('#') || line.find("include") == std::string_view::npos) continue;
    const std::size_t open = line.find_first_of("\"<");
    if (open == std::string_view::npos) continue;
    const std::size_t close = line.find_first_of("\">", open + 1);
    out.push_back({number, std::string(line.substr(open + 1, close - open - 1)), line[open] == '"'});
  }
  return out;
}

inline std::string at(std::string_view path, int line) { return std::string(path) + ":" + std::to_string(line) + ": "; }

/// One finding a line, for the message of a failed test.
inline std::string listed(const Findings& findings) {
  std::string out;
  for (const std::string& f : findings) out += f + "\n";
  return out;
}

inline void append(Findings& all, const Findings& more) { all.insert(all.end(), more.begin(), more.end()); }

}   // namespace gangmu::house
