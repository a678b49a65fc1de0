// SPDX-License-Identifier: Apache-2.0
#include "app/assessment_asked.hpp"

#include <algorithm>
#include <charconv>

#include "app/errors.hpp"
#include "base/text.hpp"

namespace gangmu::app {

place::NodeIndex Asked::shown(std::size_t p) const {
  const place::NodeIndex node = picture.tree().find_code(gathered().places[p]);
  return node != place::no_node && picture.may(Permission::read_assessments, node) ? node : place::no_node;
}

score::Sentence Asked::name(std::size_t p) const {
  const place::NodeIndex node = picture.tree().find_code(gathered().places[p]);
  if (node == place::no_node) return {gathered().places[p], gathered().places[p]};
  return {picture.tree()[node].name_zh, picture.tree()[node].name_en};
}

Result<Asked> asked_of(Service& service, const Call& call) {
  Asked out;
  TRY_ASSIGN(out.picture, picture(service, call, Permission::read_assessments));
  TRY_ASSIGN(out.record, find_assessment(out.picture, call.id));
  TRY_ASSIGN(out.made, made(service, out.picture, *out.record));
  return out;
}

Result<std::size_t> position_of(const Asked& asked, std::string_view code) {
  TRY(asked.picture.node(code, Permission::read_assessments));
  const auto& places = asked.gathered().places;
  const auto at = std::ranges::find(places, code);
  if (at == places.end()) return fail(errors::unknown_place, {std::string(code)});
  return static_cast<std::size_t>(at - places.begin());
}

Result<score::ClassIndex> class_of(const Asked& asked, const Call& call) {
  const std::string id = call.query_or("class", asked.scheme().classes.front().id);
  const score::ClassIndex c = asked.scheme().find_class(id);
  if (c != score::no_class) return c;
  std::vector<std::string> ids;
  for (const score::Class& known : asked.scheme().classes) ids.push_back(known.id);
  return fail(errors::query_malformed,
              {"class", id, "可写：" + text::join(ids, "、"), "there are: " + text::join(ids, ", ")});
}

Status affordable(const Service& service, const Asked& asked, std::size_t times) {
  const std::size_t cells = asked.assessment().places * asked.scheme().leaves.size() * times,
                    most = service.limits().lift_cells;
  if (cells <= most) return {};
  return fail(errors::limit_exceeded, {"地区数 × 指标数 × 重算次数", std::to_string(cells), std::to_string(most),
                                       "places × indicators × times it is assessed"});
}

std::int64_t integer_of(const Call& call, std::string_view name, std::int64_t otherwise) {
  const std::string text = call.query_or(name, "");
  std::int64_t out = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::vector<score::Reach> reach_of(const Picture& picture, const score::Scheme& scheme) {
  std::vector<score::Reach> out;
  for (const score::Leaf& leaf : scheme.leaves) {
    const auto* definition = picture.view->definitions->latest("indicator", leaf.indicator.value);
    const auto bound = [&](std::string_view key) -> std::optional<Decimal> {
      if (!definition) return std::nullopt;
      const auto value = Decimal::parse(definition->body[key].string_or(""));
      return value ? std::optional(*value) : std::nullopt;
    };
    out.push_back({bound("soft_min"), bound("soft_max")});
  }
  return out;
}

namespace wire {

void words(JsonWriter& out, const score::Sentence& sentence) {
  out.begin_object().key("text_zh").value(sentence.zh).key("text_en").value(sentence.en).end_object();
}

void words(JsonWriter& out, const std::vector<score::Sentence>& sentences) {
  out.begin_array();
  for (const score::Sentence& sentence : sentences) words(out, sentence);
  out.end_array();
}

}   // namespace wire
}   // namespace gangmu::app
