// SPDX-License-Identifier: Apache-2.0
// docs/kinds.md tells of every key a kind or a flow may have: lint itself names them when it meets one it does not
// know.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>

#include "base/text.hpp"
#include "pack/register_sample_test.hpp"
#include "record/field.hpp"

namespace gangmu::pack {
namespace {

std::string kinds_document() {
  std::ifstream file(GANGMU_SOURCE_DIR "/docs/kinds.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What may stand where an unknown key was put: "the key 'zzzzzzzzzz' is not known here; write a, b, c".
std::vector<std::string> keys_at(const std::string& path, const std::string& what, const std::string& by) {
  for (const Diagnostic& one : lint(sample::registers_changed(path, what, by)))
    if (one.arguments.size() == 2 && one.arguments[0] == "zzzzzzzzzz") return text::split(one.arguments[1], ',');
  return {};
}

TEST(KindsDocument, TellsOfEveryKey) {
  const std::string document = kinds_document();
  const std::string kind = "kinds/site.yaml", matter = "kinds/matter.yaml", flow = "flows/matter@1.yaml";
  int keys = 0;
  for (const auto& [path, what, by] : std::initializer_list<std::array<std::string, 3>>{
           {kind, "is: {", "is: {zzzzzzzzzz: 1, "},
           {kind, "name: {", "name: {zzzzzzzzzz: 1, "},
           {kind, "crops: {", "crops: {zzzzzzzzzz: 1, "},
           {matter, "{to: pop,", "{zzzzzzzzzz: 1, to: pop,"},
           {matter, "rights:\n", "rights:\n  zzzzzzzzzz: 1\n"},
           {matter, "{to: units,", "{zzzzzzzzzz: 1, to: units,"},
           {flow, "answered: {", "answered: {zzzzzzzzzz: 1, "},
           {flow, "accept: {", "accept: {zzzzzzzzzz: 1, "},
           {flow, "check: {", "check: {zzzzzzzzzz: 1, "},
           {flow, "{at:", "{zzzzzzzzzz: 1, at:"},
           {flow, "clocks:\n", "start: {state: raised, zzzzzzzzzz: 1}\nclocks:\n"}}) {
    const std::vector<std::string> known = keys_at(path, what, by);
    EXPECT_FALSE(known.empty()) << path << " " << by;
    for (const std::string& one : known) {
      const std::string key(text::trim(one));
      const std::string written = key == "id" ? "no" : key;   // a field's number bears that name in files
      EXPECT_THAT(document, testing::HasSubstr("`" + written + "`")) << path << " " << by;
      ++keys;
    }
  }
  EXPECT_GT(keys, 80);
}

TEST(KindsDocument, TellsOfEveryType) {
  const std::string document = kinds_document();
  for (int i = 0; i <= static_cast<int>(record::Type::code); ++i)
    EXPECT_THAT(document,
                testing::HasSubstr("| `" + std::string(record::name_of(static_cast<record::Type>(i))) + "` |"));
}

}   // namespace
}   // namespace gangmu::pack
