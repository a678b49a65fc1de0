// SPDX-License-Identifier: Apache-2.0
#include "record/programme.hpp"

#include <algorithm>

namespace gangmu::record {
namespace {

std::optional<Date> day_in(const Json& row, std::string_view key) {
  const auto date = Date::parse(row[key].string_or(""));
  return date ? std::optional(*date) : std::nullopt;
}

int whole_in(const Json& row, std::string_view key) { return static_cast<int>(row[key].integer_or(0)); }

/// "信访工作条例 第二十三条"
std::string citation_in(const Json& row, std::span<const Definition* const> laws) {
  const std::string id = row["law"].string_or("");
  const auto law = std::ranges::find_if(laws, [&](const Definition* one) { return one->id == id; });
  std::string out = law == laws.end() ? id : (*law)->body["title_zh"].string_or(id);
  const std::string article = row["article"].string_or("");
  if (!article.empty()) out += (out.empty() ? "" : " ") + article;
  return out;
}

std::string row_pointer(std::size_t n) { return "/rows/" + std::to_string(n); }

/// A fault that several kinds share (of their flow) is told once.
Diagnostics each_once(const Diagnostics& all) {
  Diagnostics out;
  for (const Diagnostic& one : all) {
    const bool told = std::ranges::any_of(out, [&](const Diagnostic& other) {
      return other.kind == one.kind && other.arguments == one.arguments && other.where == one.where;
    });
    if (!told) out.push_back(one);
  }
  return out;
}

}   // namespace

Placed stored_body(const Definition& definition) {
  return placed(definition.body, definition.kind + "/" + definition.id);
}

std::vector<CodeSource> codes_of_body(const Placed& body) {
  std::vector<CodeSource> out;
  const auto* rows = body.value["rows"].array();
  for (std::size_t i = 0; rows && i < rows->size(); ++i) {
    const Json& row = (*rows)[i];
    out.push_back({.code = {row["code"].string_or(""), body.at(row_pointer(i))},
                   .zh = row["zh"].string_or(""),
                   .en = row["en"].string_or(""),
                   .from = day_in(row, "from"),
                   .until = day_in(row, "until"),
                   .into = row["into"].string_or("")});
  }
  return out;
}

std::vector<flow::LimitRow> limits_of_body(const Placed& body, std::span<const Definition* const> laws) {
  std::vector<flow::LimitRow> out;
  const auto* rows = body.value["rows"].array();
  for (std::size_t i = 0; rows && i < rows->size(); ++i) {
    const Json& row = (*rows)[i];
    const auto unit = flow::time_unit(row["unit"].string_or("")).value_or(flow::TimeUnit::d);
    flow::LimitRow& limit = out.emplace_back();
    limit.id = row["id"].string_or("");
    limit.span = {row["n"].integer_or(0), unit};
    limit.from = day_in(row, "from").value_or(Date{});
    limit.to = day_in(row, "until");
    limit.citation = citation_in(row, laws);
    limit.extensions = whole_in(row, "extensions");
    if (limit.extensions > 0) limit.extension = flow::Span{row["extension"].integer_or(0), unit};
    limit.where = body.at(row_pointer(i));
  }
  return out;
}

Result<std::shared_ptr<const Catalogue>> catalogue_of(const Declared& declared, Around around, const Bodies& bodies,
                                                      const KindLimits& limits) {
  Diagnostics faults;
  for (const Definition* list : declared.codes) around.lists[list->id] = codes_of_body(bodies(*list));
  for (const Definition* flow : declared.flows) around.flows[flow->id] = flow_of_body(bodies(*flow), faults);
  if (declared.limits) {
    auto made = flow::Limits::of(limits_of_body(bodies(*declared.limits), declared.laws));
    if (made)
      around.limits = *std::move(made);
    else
      faults.insert(faults.end(), made.error().all().begin(), made.error().all().end());
  }
  std::vector<KindSource> kinds;
  for (const Definition* kind : declared.kinds) kinds.push_back(numbered(kind_of_body(bodies(*kind), faults), nullptr));
  if (!faults.empty()) return fail(each_once(faults));
  auto made = Catalogue::make(std::move(kinds), std::move(around), limits);
  if (!made) return fail(each_once(made.error().all()));
  return made;
}

}   // namespace gangmu::record
