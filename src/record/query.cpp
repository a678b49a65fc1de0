// SPDX-License-Identifier: Apache-2.0
#include "record/query.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace gangmu::record {
namespace {

using Mask = std::array<std::uint8_t, Chunk::rows>;

template <class Test>
void keep(Mask& mask, std::size_t n, const Test& test) {
  for (std::size_t i = 0; i < n; ++i) mask[i] = static_cast<std::uint8_t>(mask[i] & static_cast<std::uint8_t>(test(i)));
}

bool within(const std::vector<Interval>& places, place::NodeIndex node) {
  if (node == place::no_node) return false;
  if (places.size() == 1) return node >= places[0].first && node < places[0].second;
  const auto next = std::ranges::upper_bound(places, node, {}, &Interval::first);
  return next != places.begin() && node < std::prev(next)->second;
}

void keep_places(Mask& mask, const Chunk& chunk, const std::vector<Interval>& places) {
  if (places.size() == 1) {
    const auto [begin, end] = places[0];
    const auto width = end - begin;
    keep(mask, chunk.size(), [&](std::size_t i) { return chunk.node[i] - begin < width; });
  } else {
    keep(mask, chunk.size(), [&](std::size_t i) { return within(places, chunk.node[i]); });
  }
}

bool passes(const FieldTest& test, std::int64_t value) {
  if (test.absent) return value < least_value;
  if (value < test.least || value > test.most) return false;
  return test.any.empty() || std::ranges::binary_search(test.any, value);
}

void keep_text(Mask& mask, const Chunk& chunk, const std::string& text) {
  Mask hit{};
  for (const TextColumn& column : chunk.texts) {
    const std::string_view bytes = column.bytes;
    for (std::size_t at = bytes.find(text); at != std::string_view::npos;) {
      const auto row = static_cast<std::size_t>(std::ranges::upper_bound(column.ends, static_cast<std::uint32_t>(at)) -
                                                column.ends.begin());
      const bool whole = at + text.size() <= column.ends[row];   // a hit across two rows is none
      if (whole) hit[row] = 1;
      at = bytes.find(text, whole ? column.ends[row] : at + 1);
    }
  }
  keep(mask, chunk.size(), [&](std::size_t i) { return hit[i] != 0; });
}

/// Which rows of the chunk are let through; false when none.
bool let_through(Mask& mask, const Columns& columns, const Chunk& chunk, const Sight& sight, const Filter& filter) {
  const std::size_t n = chunk.size();
  for (std::size_t i = 0; i < n; ++i) mask[i] = chunk.seq[i] != 0 ? 1 : 0;
  if (filter.places) keep_places(mask, chunk, *filter.places);
  if (filter.states.size() == 1)
    keep(mask, n, [&, one = filter.states[0]](std::size_t i) { return chunk.state[i] == one; });
  else if (!filter.states.empty())
    keep(mask, n, [&](std::size_t i) {
      return std::find(filter.states.begin(), filter.states.end(), chunk.state[i]) != filter.states.end();
    });
  for (const FieldTest& test : filter.tests) {
    const auto& column = chunk.numbers[test.column];
    keep(mask, n, [&](std::size_t i) { return passes(test, column[i]); });
  }
  if (filter.due)
    keep(mask, n,
         [&](std::size_t i) { return chunk.due[i] >= filter.due->first && chunk.due[i] <= filter.due->second; });
  if (!filter.text.empty()) keep_text(mask, chunk, filter.text);
  if (!sight.everything) {
    if (sight.others.empty())
      keep_places(mask, chunk, sight.places);
    else
      keep(mask, n, [&](std::size_t i) { return mask[i] != 0 && sees(sight, {columns, chunk, i}); });
  }
  return std::find(mask.begin(), mask.begin() + static_cast<std::ptrdiff_t>(n), 1) !=
         mask.begin() + static_cast<std::ptrdiff_t>(n);
}

template <class Visit>
void each_chunk(const Columns& columns, const Visit& visit) {
  for (const Columns::Home& home : columns.homes())
    for (std::size_t c = 0; c < home.chunks.size(); ++c)
      visit(*home.chunks[c], home.home, static_cast<std::int64_t>(c * Chunk::rows));
}

/// A row with its place in the order.
struct Ranked {
  std::int64_t key = 0;
  std::string_view words{};
  PlaceId home{};
  std::int64_t number = 0;
  Seq seq{};
};

struct Before {
  bool down = false;
  bool operator()(const Ranked& a, const Ranked& b) const {
    if (const auto order = std::tie(a.key, a.words) <=> std::tie(b.key, b.words); order != 0)
      return down ? order > 0 : order < 0;
    return std::tie(a.home, a.number) < std::tie(b.home, b.number);
  }
};

Ranked ranked(const Chunk& chunk, std::size_t row, PlaceId home, std::int64_t base, const Order& order) {
  Ranked out{.home = home, .number = base + static_cast<std::int64_t>(row) + 1, .seq = Seq{chunk.seq[row]}};
  switch (order.by) {
    case Order::By::number: out.key = out.number; break;
    case Order::By::due: out.key = chunk.due[row]; break;
    case Order::By::seq: out.key = chunk.seq[row]; break;
    case Order::By::field: out.key = chunk.numbers[order.column][row]; break;
    case Order::By::text: out.words = chunk.texts[order.column].at(row); break;
  }
  return out;
}

}   // namespace

std::vector<Interval> joined(std::vector<Interval> all) {
  std::ranges::sort(all);
  std::vector<Interval> out;
  for (const Interval& one : all) {
    if (one.first >= one.second) continue;
    if (out.empty() || one.first > out.back().second)
      out.push_back(one);
    else
      out.back().second = std::max(out.back().second, one.second);
  }
  return out;
}

bool sees(const Sight& sight, const RowAt& row) {
  if (sight.everything || within(sight.places, row.chunk.node[row.row])) return true;
  return std::ranges::any_of(sight.others, [&](const auto& lets) { return lets(row); });
}

Record listed(const RowAt& row, const formula::Tree* tree) {
  const Kind& kind = row.columns.kind();
  Record out;
  out.seq = Seq{row.chunk.seq[row.row]};
  out.standing.state = row.chunk.state[row.row];
  if (const std::int32_t raiser = row.chunk.raiser[row.row]; raiser >= 0)
    if (auto who = who_of(row.columns.name_of(raiser))) out.raiser = *std::move(who);
  const auto take = [&](const Field& field) {
    const std::size_t column = row.columns.number_column(field.id);
    if (column == Columns::no_column) return;
    const std::int64_t n = row.chunk.numbers[column][row.row];
    if (auto value = row.columns.value_at(field, n)) out.values[field.id] = *std::move(value);
  };
  for (const Field& field : kind.fields())
    if (field.type == Type::who) take(field);   // rights name them
  if (!tree) return out;
  for (const std::int64_t symbol : tree->symbols())
    if (const Field* field = kind.field(FieldId{symbol})) take(*field);
  return out;
}

Listing list(const Columns& columns, const Sight& sight, const Filter& filter, const Order& order,
             const std::optional<After>& after, std::size_t limit) {
  const Before before{order.down};
  const Ranked from = after ? Ranked{.key = after->key,
                                     .words = after->words,
                                     .home = after->id.home,
                                     .number = after->id.number,
                                     .seq = {}}
                            : Ranked{};
  std::vector<Ranked> best;   // the first limit + 1, as a heap with the last of them in front
  Listing out;
  Mask mask{};
  each_chunk(columns, [&](const Chunk& chunk, PlaceId home, std::int64_t base) {
    if (!let_through(mask, columns, chunk, sight, filter)) return;
    for (std::size_t row = 0; row < chunk.size(); ++row) {
      if (mask[row] == 0) continue;
      ++out.total;
      const Ranked one = ranked(chunk, row, home, base, order);
      if (after && !before(from, one)) continue;
      if (best.size() > limit) {
        if (!before(one, best.front())) continue;
        std::ranges::pop_heap(best, before);
        best.pop_back();
      }
      best.push_back(one);
      std::ranges::push_heap(best, before);
    }
  });
  std::ranges::sort_heap(best, before);
  out.more = best.size() > limit;
  if (out.more) best.pop_back();
  for (const Ranked& one : best) {
    const RecordId id{one.home, columns.kind().id(), one.number};
    out.rows.push_back({id, one.seq, {one.key, std::string(one.words), id}});
  }
  return out;
}

void for_each(const Columns& columns, const Sight& sight, const Filter& filter,
              const std::function<void(const RowAt&, const RecordId&)>& visit) {
  Mask mask{};
  each_chunk(columns, [&](const Chunk& chunk, PlaceId home, std::int64_t base) {
    if (!let_through(mask, columns, chunk, sight, filter)) return;
    for (std::size_t row = 0; row < chunk.size(); ++row)
      if (mask[row] != 0)
        visit({columns, chunk, row}, {home, columns.kind().id(), base + static_cast<std::int64_t>(row) + 1});
  });
}

std::vector<Waiting> waiting(const Columns& columns, Instant now, std::size_t most) {
  std::vector<Waiting> out;
  each_chunk(columns, [&](const Chunk& chunk, PlaceId home, std::int64_t base) {
    for (std::size_t row = 0; row < chunk.size(); ++row)
      if (chunk.next[row] <= now.micros && chunk.seq[row] != 0)
        out.push_back({chunk.next[row], {home, columns.kind().id(), base + static_cast<std::int64_t>(row) + 1}});
  });
  std::ranges::sort(out,
                    [](const Waiting& a, const Waiting& b) { return std::tie(a.at, a.id) < std::tie(b.at, b.id); });
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<RecordId> unsure(const Columns& columns, Seq since) {
  std::vector<RecordId> out;
  each_chunk(columns, [&](const Chunk& chunk, PlaceId home, std::int64_t base) {
    for (std::size_t row = 0; row < chunk.size(); ++row)
      if (chunk.unsure[row] != 0 && chunk.seq[row] != 0 && chunk.seq[row] <= since.value)
        out.push_back({home, columns.kind().id(), base + static_cast<std::int64_t>(row) + 1});
  });
  return out;
}

std::vector<std::int64_t> by_state(const Columns& columns, const Sight& sight, Filter filter) {
  std::vector<std::int64_t> out(columns.kind().flow() ? columns.kind().flow()->states().size() : 0, 0);
  filter.states.clear();
  Mask mask{};
  each_chunk(columns, [&](const Chunk& chunk, PlaceId, std::int64_t) {
    if (!let_through(mask, columns, chunk, sight, filter)) return;
    for (std::size_t row = 0; row < chunk.size(); ++row)
      if (mask[row] != 0 && chunk.state[row] < out.size()) ++out[chunk.state[row]];
  });
  return out;
}

}   // namespace gangmu::record
