// SPDX-License-Identifier: Apache-2.0
// The fields in fields.cpp are those the reader reads, with the words it knows; docs/schemes.md is made from them.
// GANGMU_BLESS=1 writes it anew.
#include "score/fields.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "score/errors.hpp"
#include "score/testing.hpp"
#include "score/variation_json.hpp"

namespace gangmu::score {
namespace {

constexpr const char* kept = GANGMU_SOURCE_DIR "/docs/schemes.md";

std::string form_text(const SchemeField& field) {
  const std::string values(field.values), range = values.empty() ? "" : " " + values;
  switch (field.form) {
    case FieldForm::text: return "text";
    case FieldForm::whole: return "whole number" + range;
    case FieldForm::number: return "number" + range;
    case FieldForm::weight: return "weight" + range;
    case FieldForm::weights: return "weight" + range + ", or class → weight";
    case FieldForm::weight_list: return "list of weights";
    case FieldForm::yes_no: return "true, false";
    case FieldForm::word: return "`" + text::join(text::split(values, '|'), "` `") + "`";
    case FieldForm::words: return "list of `" + text::join(text::split(values, '|'), "` `") + "`";
    case FieldForm::date: return "date";
    case FieldForm::base: return "period";
    case FieldForm::texts: return "list of texts";
    case FieldForm::rows: return "list of lists of numbers";
    case FieldForm::group: return "[" + values + "](#" + values + ")";
    case FieldForm::groups: return "list of [" + values + "](#" + values + ")";
  }
  return {};
}

std::string document() {
  std::string out =
      "# 考核方案的字段 (Fields of a scheme)\n\n"
      "*Made from what the reader knows (`src/score/fields.cpp`); a test keeps it so. What the functions and methods "
      "do is told in\n"
      "[assessments.md](assessments.md).*\n\n"
      "方案文件（`schemes/*.yaml`，或同样字段的 "
      "JSON）里能写的全部字段。没有列在这里的字段，读入时指出，不会悄悄放过。\n"
      "“权重”写百分数（最多九位小数），或写分数，如 `1/3`；同一上级之下合计正好 100 %。“时期”写 `last_year` "
      "`same_period_last_year`\n"
      "`previous` `3_years_ago`，或 `2020`。\n\n"
      "Every field a scheme may have. A field that is not listed is told of when the file is read. A *weight* is per "
      "cent (nine decimals\n"
      "at most) or a fraction such as `1/3`; below one parent they sum to 100 % exactly. A *period* is `last_year`, "
      "`same_period_last_year`,\n"
      "`previous`, `3_years_ago` or `2020`.\n";
  for (const FieldGroup& group : field_groups()) {
    out += "\n## " + std::string(group.name) + "\n\n" + std::string(group.zh) + " · " + std::string(group.en) + "\n\n";
    out += "| field | takes | required | when left out | 是什么 | what it is |\n|---|---|---|---|---|---|\n";
    for (const SchemeField& f : group.fields) {
      out += "| `" + std::string(f.name) + "` | " + form_text(f) + " | " + (f.required ? "yes" : "") + " | " +
             std::string(f.otherwise) + " | " + std::string(f.zh) + " | " + std::string(f.en) + " |\n";
    }
  }
  return out;
}

TEST(fields, are_told_of_in_the_document) {
  const std::string made = document();
  if (std::getenv("GANGMU_BLESS")) std::ofstream(kept, std::ios::binary) << made;
  std::ifstream file(kept, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), made) << "make bless renews it";
}

/// A document in which the group stands, and the pointer to it.
struct Place {
  std::string pointer, before, after;
};

std::string scheme_text(const std::string& root, const std::string& leaf, const std::string& more = "") {
  return R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}], "tree": {)" + root +
         R"("children": [{"indicator": "X", "weight": 100, )" + leaf + "}]}" + more + "}";
}

/// The wrong value and what is around it, so that the reader comes to the field.
Place place_of(std::string_view group, const SchemeField& field) {
  const std::string name(field.name), lin = R"("fn": "lin", "lo": 0, "hi": 1)", mark = "@@@";
  const auto split = [&](std::string pointer, const std::string& text) {
    const auto at = text.find(mark);
    return Place{std::move(pointer), text.substr(0, at), text.substr(at + mark.size())};
  };
  const std::string at_leaf = "/tree/children/0";
  if (group == "document" && name == "scheme") return split("", "{@@@}");
  if (group == "document") return split("", R"({"scheme": {"id": "s", "name_zh": "试"}, @@@})");
  if (group == "scheme") return split("/scheme", R"({"scheme": {@@@}})");
  if (group == "class") return split("/classes/0", R"({"classes": [{@@@}]})");
  if (group == "branch") {
    const std::string how = name == "p"               ? R"("aggregation": "power", )"
                            : name == "alpha"         ? R"("aggregation": "mean_min", )"
                            : name == "order_weights" ? R"("aggregation": "owa", )"
                            : name == "penalty"       ? R"("aggregation": "mpi", )"
                            : name == "scaling"       ? R"("aggregation": "topsis", )"
                            : name == "v"             ? R"("aggregation": "vikor", )"
                            : name == "spread"        ? R"("aggregation": "benefit_of_doubt", )"
                                                      : "";
    if (name == "weight") return split(at_leaf, R"({"tree": {"children": [{"children": [], @@@}]}})");
    if (name == "children") return split("/tree", R"({"tree": {@@@}})");
    return split("/tree", scheme_text(how + "@@@, ", lin));
  }
  if (group == "weights") {
    const std::string how = name == "comparisons" ? R"("how": "ahp", )"
                            : name == "points"    ? R"("how": "allocation", )"
                                                  : "";
    return split("/tree/weights", scheme_text(R"("weights": {)" + how + "@@@}, ", lin));
  }
  if (group == "leaf" && (name == "indicator" || name == "weight"))
    return split(at_leaf, R"({"tree": {"children": [{)" + std::string(name == "weight" ? R"("indicator": "X", )" : "") +
                              lin + ", @@@}]}}");
  if (group == "leaf") return split(at_leaf, scheme_text("", lin + ", @@@"));
  if (group == "function") {
    const std::string fn = name == "cap" || name == "target" ? "target"
                           : name == "zone"                  ? "mean_zone"
                           : name == "pool" || name == "of"  ? "min_max"
                           : name == "base"                  ? "self"
                           : name == "to"                    ? "relative"
                           : name == "steps"                 ? "step"
                           : name == "any"                   ? "either"
                           : name == "parts"                 ? "mix"
                                                             : "lin";
    return split(at_leaf, scheme_text("", name == "fn" ? mark : R"("fn": ")" + fn + R"(", @@@)"));
  }
  if (group == "part")
    return split(at_leaf + "/parts/0", scheme_text("", R"("fn": "mix", "parts": [{"fn": "peer", @@@}])"));
  if (group == "impute" || group == "treatment") {
    const std::string how = name == "pool"                 ? R"("how": "mean", )"
                            : name == "max_age"            ? R"("how": "latest", )"
                            : name == "on"                 ? R"("how": "regression", )"
                            : name == "most"               ? R"("how": "winsorise", )"
                            : name == "lo" || name == "hi" ? R"("how": "quantiles", )"
                            : name == "lambda"             ? R"("how": "box_cox", )"
                                                           : "";
    const std::string key(group);
    return split(at_leaf + "/" + key, scheme_text("", R"("fn": "min_max", ")" + key + R"(": {)" + how + "@@@}"));
  }
  if (group == "panel" || group == "tasks" || group == "sample") {
    const std::string key(group);
    return split(at_leaf + "/" + key, scheme_text("", lin + R"(, ")" + key + R"(": {@@@})"));
  }
  if (group == "adjustments") return split("/adjustments", R"({"adjustments": {@@@}})");
  if (group == "adjustment") return split("/adjustments/bonus", R"({"adjustments": {"bonus": {@@@}}})");
  if (group == "item") return split("/adjustments/bonus/items/0", R"({"adjustments": {"bonus": {"items": [{@@@}]}}})");
  if (group == "red_line") return split("/red_lines/0", R"({"red_lines": [{@@@}]})");
  return split("/grades/0", R"({"grades": [{@@@}]})");
}

Diagnostics refusal(const FieldGroup& group, const SchemeField& field, const std::string& value, std::string& pointer) {
  const std::string one = "\"" + std::string(field.name) + "\": " + value;
  if (group.name == "variation") {
    pointer = "/" + std::string(field.name);
    const auto read = variation_from_json(Json::parse("{" + one + "}").value());
    return read ? Diagnostics{} : read.error().all();
  }
  const Place place = place_of(group.name, field);
  pointer = place.pointer + "/" + std::string(field.name);
  const auto read = testing::read_scheme(place.before + one + place.after);
  return read ? Diagnostics{} : read.error().all();
}

/// A wrong value of its kind is refused at the field: so the reader reads it.
std::string wrong(const SchemeField& field) {
  switch (field.form) {
    case FieldForm::text: return R"({"a": 1})";
    case FieldForm::words: return R"(["nonsense"])";
    case FieldForm::texts:
    case FieldForm::rows:
    case FieldForm::groups:
    case FieldForm::weight_list: return field.name == "fn_by_class" ? R"({"nobody": {}})" : R"("nonsense")";
    case FieldForm::group: return R"("nonsense")";
    case FieldForm::yes_no: return R"("nonsense")";
    default: return R"("nonsense")";
  }
}

TEST(fields, each_is_read) {
  for (const FieldGroup& group : field_groups()) {
    for (const SchemeField& field : group.fields) {
      std::string pointer;
      const Diagnostics faults = refusal(group, field, wrong(field), pointer);
      const bool told =
          std::ranges::any_of(faults, [&](const Diagnostic& d) { return d.where.cell.starts_with(pointer); });
      EXPECT_TRUE(told) << group.name << "." << field.name << " at " << pointer;
    }
  }
}

TEST(fields, words_are_those_the_reader_knows) {
  for (const FieldGroup& group : field_groups()) {
    for (const SchemeField& field : group.fields) {
      if (field.form != FieldForm::word && field.form != FieldForm::words) continue;
      std::string pointer;
      const Diagnostics faults =
          refusal(group, field, field.form == FieldForm::word ? R"("nonsense")" : R"(["nonsense"])", pointer);
      std::string known;
      for (const Diagnostic& d : faults) {
        if (d.kind == &errors::scheme_value_unknown && d.where.cell.starts_with(pointer)) known = d.arguments[2];
      }
      EXPECT_EQ(known, text::join(text::split(field.values, '|'), ", ")) << group.name << "." << field.name;
    }
  }
}

}   // namespace
}   // namespace gangmu::score
