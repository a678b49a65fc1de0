// SPDX-License-Identifier: Apache-2.0
#include "app/known.hpp"

#include <fmt/format.h>

#include <charconv>

#include "app/errors.hpp"
#include "app/frame.hpp"
#include "pack/pack.hpp"
#include "store/journal.hpp"
#include "store/known.hpp"

namespace gangmu::app {
namespace {

constexpr const char* member = "as_known";

/// The entry a date or a seq stands for: of a day, the last that was written on it or before.
Result<Seq> seq_of(const Service& service, const Picture& now, const std::string& text) {
  const std::string newest = std::to_string(now.view->seq.value);
  const auto refused = [&](std::string zh, std::string en) {
    return fail(errors::query_malformed, {member, text, std::move(zh), std::move(en)});
  };
  const auto unread = [&] { return refused("应为日期（2023-06-30）或序号", "write a date (2023-06-30) or a seq"); };
  if (text.find('-') == std::string::npos) {
    Seq seq;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq.value);
    if (error != std::errc{} || end != text.data() + text.size()) return unread();
    if (seq > now.view->seq) return refused("最新的是第 " + newest + " 号", "the newest seq is " + newest);
    return seq;
  }
  const Result<Date> day = Date::parse(text);
  if (!day) return unread();
  const Date today = service.today();
  if (*day > today) return refused("最晚到今天（" + today.text() + "）", "today (" + today.text() + ") is the last");
  TRY_ASSIGN(const Instant next_day, Instant::parse(day->plus_days(1).text() + "T00:00:00+08:00"));
  const Instant end{next_day.micros - 1};
  return now.store->read([&](store::Database& database) { return store::last_seq_by(database, end, now.view->seq); });
}

/// What ranked above what then: sources as they were declared up to that entry.
store::Precedence precedence_at(const store::View& view, Seq seq) {
  store::Precedence out;
  for (const std::string& id : view.definitions->ids("source")) {
    for (const auto& version : view.definitions->versions("source", id)) {
      if (version->seq <= seq) out[id] = static_cast<int>(version->body["precedence"].integer_or(1000));
    }
  }
  return out;
}

/// What keeping it costs, about: a picture without a cell still has its columns, one an indicator, and holds the tree.
std::size_t weight_of(const std::string& key, const store::Known& known) {
  constexpr std::size_t a_place = 16, a_column = 2048;
  return key.size() + known.cube->bytes() + known.cube->tree().size() * a_place +
         known.cube->indicators().size() * a_column;
}

Result<std::shared_ptr<const store::Known>> kept_or_read(Service& service, const Picture& now, store::Lookback back) {
  const std::string indicator = back.indicators.empty() ? std::string() : back.indicators.front().value;
  const std::string key = fmt::format("{} {} {} {}", now.view->store_id, back.seq.value, back.under.value, indicator);
  if (auto kept = service.known().find<store::Known>(key)) return kept;
  TRY_ASSIGN(store::Known known,
             store::known_at(*now.store, *now.view, back, pack::indicator_of, service.system().executor));
  auto out = std::make_shared<const store::Known>(std::move(known));
  service.known().keep(key, out, weight_of(key, *out));
  return out;
}

}   // namespace

Result<Picture> as_known(Service& service, const Picture& now, const Call& call, place::NodeIndex under,
                         const std::string& indicator) {
  const std::string text = call.query_or(member, "");
  if (text.empty()) return now;
  store::Lookback back{.seq = now.view->seq,
                       .under = now.tree().size() > 0 ? now.tree()[under].id : PlaceId{},
                       .most_rows = service.limits().known_rows};
  TRY_ASSIGN(back.seq, seq_of(service, now, text));
  if (asks_for_frame(call)) back.under = {};   // what makes a place up under another frame may lie anywhere
  if (!indicator.empty()) back.indicators.push_back(IndicatorCode{indicator});
  back.precedence = precedence_at(*now.view, back.seq);
  TRY_ASSIGN(const auto known, kept_or_read(service, now, back));
  auto then = std::make_shared<store::View>(*now.view);
  then->seq = back.seq;
  TRY_ASSIGN(then->at, now.store->read([&](store::Database& database) { return store::time_of(database, back.seq); }));
  then->frames = known->frames;
  then->tree = known->cube->tree_handle();
  then->cube = known->cube;
  then->sources = known->sources;
  return Picture{now.store, std::move(then), now.rights, now.view};
}

place::NodeIndex in_then(const Picture& now, place::NodeIndex node, const Picture& then) {
  return now.view->tree == then.view->tree ? node : then.tree().find(now.tree()[node].id);
}

namespace wire {

void known(JsonWriter& out, const Picture& now, const Picture& then) {
  if (now.view == then.view) return;
  out.key("known").begin_object().key("seq").value(then.view->seq.value);
  if (then.view->seq.value > 0) out.key("at").value(then.view->at.text());
  out.end_object();
}

}   // namespace wire
}   // namespace gangmu::app
