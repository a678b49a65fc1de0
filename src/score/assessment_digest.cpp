// SPDX-License-Identifier: Apache-2.0
#include "score/assessment_digest.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <tuple>

#include "base/math.hpp"

namespace gangmu::score {

namespace {

static_assert(std::endian::native == std::endian::little, "canonical bytes are little-endian");

template <class T>
void append(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

template <class T, std::size_t n>
Digest digest_of(std::span<const T, n> column) {
  return digest({reinterpret_cast<const char*>(column.data()), column.size_bytes()});
}

std::string key_of(const Column& column) {
  std::string key = column.indicator.value + "|" + std::string(column_use_name(column.use)) + "|";
  if (column.part > 0) key += std::to_string(column.part);
  if (column.use == ColumnUse::base) key += column.base.text();
  return key + "\n";
}

/// Digest of a head and then nine bytes a place: a state and eight bytes of number. Written through a small buffer,
/// because a large one costs more in fresh pages than the digest itself.
template <class State, class Number>
Digest nine_byte_digest(std::string_view head, std::size_t places, const State& state, const Number& number) {
  constexpr std::size_t at_once = 2048;
  std::array<char, at_once * 9> buffer;
  Digester digester;
  digester.add(head);
  for (std::size_t begin = 0; begin < places; begin += at_once) {
    const std::size_t end = std::min(places, begin + at_once);
    char* at = buffer.data();
    for (std::size_t p = begin; p < end; ++p, at += 9) {
      const auto value = number(p);
      static_assert(sizeof value == 8);
      *at = static_cast<char>(state(p));
      std::memcpy(at + 1, &value, sizeof value);
    }
    digester.add({buffer.data(), (end - begin) * 9});
  }
  return digester.finish();
}

Digest column_digest(const Column& column, std::span<const double> values, std::span<const fact::CellState> states) {
  // + 0.0 turns −0 into 0.
  return nine_byte_digest(
      key_of(column), values.size(), [&](std::size_t p) { return states[p]; },
      [&](std::size_t p) { return states[p] == fact::CellState::value ? values[p] + 0.0 : 0.0; });
}

void append_grants(std::string& out, const Inputs& inputs) {
  auto grants = inputs.grants;
  std::stable_sort(grants.begin(), grants.end(), [](const Grant& a, const Grant& b) {
    return std::tie(a.place, a.item, a.times, a.date, a.evidence) <
           std::tie(b.place, b.item, b.times, b.date, b.evidence);
  });
  for (const auto& grant : grants) {
    out += inputs.places[grant.place] + "|" + grant.item + "|" + std::to_string(grant.times);
    if (!grant.date.empty() || !grant.evidence.empty()) out += "|" + grant.date + "|" + grant.evidence;
    out += "\n";
  }
}

/// Scores of one node as counts of 1e-9; INT64_MIN where there is none.
Digest node_digest(const Assessment& assessment, NodeIndex node) {
  return nine_byte_digest(
      "", assessment.places, [&](std::size_t p) { return assessment.state(node, p); },
      [&](std::size_t p) -> std::int64_t {
        return assessment.state(node, p) == ScoreState::scored ? math::quantise(assessment.score(node, p)) : INT64_MIN;
      });
}

}   // namespace

Digest inputs_digest(const Scheme& scheme, const Inputs& inputs, Executor& executor) {
  const std::size_t places = inputs.places.size();
  std::vector<Digest> columns(scheme.columns.size());
  executor.run(columns.size(), [&](std::size_t c) {
    columns[c] = column_digest(scheme.columns[c], inputs.values.subspan(c * places, places),
                               inputs.states.subspan(c * places, places));
  });
  std::string bytes = "gangmu-inputs 1\n";
  for (std::size_t p = 0; p < places; ++p) {
    bytes += inputs.places[p] + "\n";
    append(bytes, inputs.classes[p]);
    append(bytes, inputs.groups.empty() ? std::uint32_t{0} : inputs.groups[p]);
  }
  append_grants(bytes, inputs);
  for (const auto& column : columns) bytes.append(column.bytes.begin(), column.bytes.end());
  return digest(bytes);
}

Digest assessment_digest(const Scheme& scheme, const Assessment& a, Executor& executor) {
  std::vector<Digest> parts(scheme.nodes.size());
  executor.run(parts.size(), [&](std::size_t i) {
    const std::size_t leaf = scheme.nodes[i].leaf;
    parts[i] = scheme.nodes[i].is_leaf() ? digest_of(std::span(a.contributions).subspan(leaf * a.places, a.places))
                                         : node_digest(a, static_cast<NodeIndex>(i));
  });
  std::string bytes = "gangmu-assessment 1\n";
  const auto add = [&](const Digest& d) { bytes.append(d.bytes.begin(), d.bytes.end()); };
  add(scheme.digest());
  add(a.inputs);
  for (const auto* column : {&a.subtotal, &a.bonus, &a.deduction, &a.total}) add(digest_of(std::span(*column)));
  add(digest_of(std::span(a.rank)));
  for (const auto* column : {&a.grade, &a.grade_without_red_lines}) add(digest_of(std::span(*column)));
  for (const auto& part : parts) add(part);
  return digest(bytes);
}

}   // namespace gangmu::score
