// SPDX-License-Identifier: Apache-2.0
#include "http/typescript.hpp"

#include "base/text.hpp"
#include "http/schemas.hpp"

namespace gangmu::http {
namespace {

std::string words(std::string_view type) {
  std::string out;
  for (const std::string& word : text::split(type, '|')) out += (out.empty() ? "'" : " | '") + word + "'";
  return out;
}

std::string comment(const std::string& zh, const std::string& en) {
  return zh.empty() ? std::string() : "  /** " + zh + (en == zh ? "" : " / " + en) + " */\n";
}

std::string interface_of(const Schema& schema) {
  std::string out = "/** " + schema.zh + " / " + schema.en + " */\nexport interface " + schema.name + " {\n";
  for (const Member& member : schema.members) {
    out += comment(member.zh, member.en);
    out += "  " + member.name + (member.optional ? "?: " : ": ") + typescript_type(member.type) + "\n";
  }
  return out + "}\n";
}

}   // namespace

std::string typescript_type(std::string_view type) {
  if (type.ends_with('?')) return typescript_type(type.substr(0, type.size() - 1)) + " | null";
  if (type.starts_with('[')) {
    const std::string item = typescript_type(type.substr(1, type.size() - 2));
    return item.find(' ') == std::string::npos ? item + "[]" : "(" + item + ")[]";
  }
  if (type.starts_with('{')) return "Record<string, " + typescript_type(type.substr(1, type.size() - 2)) + ">";
  if (type.find('|') != std::string_view::npos) return words(type);
  if (find_schema(type)) return std::string(type);
  if (type == "integer") return "number";
  if (type == "any") return "unknown";
  return type == "boolean" ? "boolean" : "string";   // decimal, period, date, instant and code are texts
}

std::string typescript() {
  std::string out =
      "// SPDX-License-Identifier: Apache-2.0\n"
      "// Shapes of requests and answers of /api/v1, generated from src/http/schema_text.hpp (`make bless`); not to be "
      "edited.\n"
      "// Figures are texts in plain notation (\"101.12\"); counts are numbers.\n";
  for (const Schema& schema : schemas()) out += "\n" + interface_of(schema);
  return out;
}

}   // namespace gangmu::http
