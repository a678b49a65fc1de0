// SPDX-License-Identifier: Apache-2.0
#include "base/json_texts.hpp"

namespace gangmu {
namespace {

using UseText = std::function<void(const std::string&, std::string_view)>;

void walk_texts(const Json& value, const std::string& path, const UseText& use) {
  const auto inner = [&](const std::string& name) { return path.empty() ? name : path + "." + name; };
  if (const std::string* text = value.string()) use(path, *text);
  if (const Json::Array* items = value.array()) {
    for (std::size_t i = 0; i < items->size(); ++i) walk_texts((*items)[i], inner(std::to_string(i + 1)), use);
  }
  if (const Json::Object* members = value.object()) {
    for (const auto& [name, member] : *members) {
      use(inner(name), name);
      walk_texts(member, inner(name), use);
    }
  }
}

}   // namespace

void for_each_text(const Json& value, const UseText& use) { walk_texts(value, {}, use); }

}   // namespace gangmu
