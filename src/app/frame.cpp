// SPDX-License-Identifier: Apache-2.0
#include "app/frame.hpp"

#include <fmt/format.h>

#include "app/errors.hpp"

namespace gangmu::app {
namespace {

constexpr const char* frame_member = "frame";

Result<Date> day_of(const Service& service, const std::string& text) {
  if (text == "today") return service.today();
  const Result<Date> day = Date::parse(text);
  if (!day)
    return fail(errors::query_malformed,
                {frame_member, text, "应为 today 或日期（2023-06-30）", "write today or a date (2023-06-30)"});
  return *day;
}

/// As they were declared up to the picture's entry; each row's codes are those of its own days.
std::vector<place::Succession> successions_of(const store::View& view) {
  std::vector<place::Succession> out;
  for (const std::string& id : view.definitions->ids("successor")) {
    const store::StoredDefinition* last = nullptr;
    for (const auto& version : view.definitions->versions("successor", id))
      if (version->seq <= view.seq && (!last || last->version < version->version)) last = &*version;
    if (!last || last->retired) continue;
    const auto on = Date::parse(last->body["on"].string_or(""));
    const auto share = Decimal::parse(last->body["share"].string_or(""));
    if (!on || !share) continue;
    const PlaceId from = view.frames->find_code(last->body["from"].string_or(""), on->plus_days(-1));
    const PlaceId to = view.frames->find_code(last->body["to"].string_or(""), *on);
    if (from && to) out.push_back({from, to, *on, *share});
  }
  return out;
}

/// Names all they rest on: the frames' own address stays theirs while they are kept.
std::string key_of(const store::View& view, const std::vector<place::Succession>& rows, Date day) {
  std::string out = fmt::format("frame {} {} {}", view.store_id, static_cast<const void*>(view.frames.get()), day.days);
  for (const place::Succession& row : rows)
    out += fmt::format(" {}>{}@{}={}", row.from.value, row.to.value, row.on.days, row.share.text());
  return out;
}

}   // namespace

bool asks_for_frame(const Call& call) { return !call.query_or(frame_member, "").empty(); }

Result<std::shared_ptr<const fact::OneFrame>> frame_asked(Service& service, const Picture& picture, const Call& call) {
  if (!asks_for_frame(call)) return nullptr;
  TRY_ASSIGN(const Date day, day_of(service, call.query_or(frame_member, "")));
  const store::View& view = *picture.view;
  std::vector<place::Succession> rows = successions_of(view);
  const std::string key = key_of(view, rows, day);
  auto crossings = service.known().find<fact::Crossings>(key);
  if (!crossings) {
    crossings =
        std::make_shared<const fact::Crossings>(view.frames, place::Successions(std::move(rows), *view.frames), day);
    service.known().keep(key, crossings, key.size() + crossings->bytes());
  }
  return std::make_shared<const fact::OneFrame>(view.cube, std::move(crossings));
}

std::string how_told(const fact::FramedFigure& told) {
  const fact::Figure& figure = told.figure;
  if (figure.rollup.gap == fact::Gap::other_area) return "当时辖区不同，不折算";
  if (told.as_it_was) return figure.entered() || !figure.rollup.has_value() ? "" : "由下级汇总";
  const std::string of = std::to_string(figure.rollup.expected);
  return "由当时 " + of + " 个地区合成" + (told.by_share ? "，含按份额折算的" : "");
}

namespace wire {

void frame(JsonWriter& out, const fact::OneFrame* frame, PlaceId place) {
  if (frame == nullptr) return;
  out.key("frame").begin_object().key("on").value(frame->day().text());
  out.key("there").value(frame->tree()->find(place) != place::no_node).end_object();
}

}   // namespace wire
}   // namespace gangmu::app
