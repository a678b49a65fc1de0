// SPDX-License-Identifier: Apache-2.0
// The body of a published definition "kind" or "flow". People write maps of names, and their order matters (fields,
// states, steps, …); canonical JSON sorts its keys. So a body holds such a map as a list of objects with an `id`, in
// the order it was written; a field also bears `no`, its number, given once. Bodies are read back to equal sources.
//
//   fields:                        "fields":[{"id":"name","max":80,"no":1,"type":"text"},
//     name: {type: text, max: 80}            {"id":"total","no":2,"type":"money"}]
//     total: {type: money}
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/written.hpp"
#include "record/source.hpp"

namespace gangmu::record {

/// A document with the place of each of its values, by JSON pointer.
struct Placed {
  Json value{};
  std::map<std::string, Position, std::less<>> positions{};
  [[nodiscard]] Position at(std::string_view pointer) const;   ///< of what is absent, its nearest parent
};

enum class Declares : std::uint8_t { kind, flow };

/// What was written (maps of names, or lists of objects with an `id`) as a body. Faults: key_unknown.
Placed body_of(const Json& written, Declares what, const Where& at, Diagnostics& faults);
/// A stored body; positions tell the order of its parts.
Placed placed(Json body, std::string_view file);
/// Lists that stand for maps of names, by key, and the key under which a scalar value stands in one (`idea: open` is
/// {"id":"idea","is":"open"}): for whoever writes them as maps again.
const std::map<std::string, std::string, std::less<>>& named_lists();

KindSource kind_of_body(const Placed& body, Diagnostics& faults);
/// A flow's id is name@version: what running records follow never changes under its name.
flow::FlowSource flow_of_body(const Placed& body, Diagnostics& faults);
/// The version a flow's id ends in; 0: it has none.
int flow_version(std::string_view id);

/// The body of a kind with a number for each field: its own, that of the field of the name (or `was`) in `before`, or
/// the next behind the highest of both.
Json numbered_body(Json body, const KindSource* before);

}   // namespace gangmu::record
