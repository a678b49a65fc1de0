// SPDX-License-Identifier: Apache-2.0
// A record and its events. The document of a record is JSON with fields by number; an event is a patch of it that holds
// everything that changed: typed and computed fields, state, clocks, counters, child rows, contributions to indicators.
// Applying needs no kind, no formula and no flow, so no rule can change the past.
//
//   document:
//   {"v":1,"s":"raised","e":"…","f":{"3":"…"},"c":{"answer":{…}},"n":{"rework":1},"u":{…},"r":{…},"m":{…},"by":"unit:…",
//    "next":1686870000000000,"no":"DD2023-0007","k":{"key":"…"},"x":{"4":["7.project.12"]},"seq":7}
//   event:
//   {"step":"answer","f":{"3":null},"s":"answered","c":{"answer":null},"t":[["obst.due",7,"20230616","1"]],"why":"…",
//    "who":"u3f…","at":1686870000000000}
//   "hid" is ciphertext of what was hidden in its texts.
//
// `k` and `x` say what the record claims and refers to, so that whoever keeps keys and the ways back needs no kind.
//
//   Void (作废) since a moment: "void":1686870000000000. It stands in no list and no sum; its number and history stay.
//   Void because it is the same as another: "into":"7.project.5", and so says "x" under 0, so that the way back is
//   found. Who answered before the matter was passed on, the latest last, and how often it was: "w":["unit:…"], "h":1.
//   Of one a pack brought: its number in the pack, "o":"12".
//   Who is late was told by a person (催办), how often and the last time; "waits" until a step answers it:
//   "nudge":{"n":2,"at":1686870000000000,"who":"u3f…","words":"…","waits":true}.
//   Beside the figure, for want of a place (0), a day ("") or a measure: "b":[["obst.due",0,"20230616","1"]].
//   What takings of a step contributed stands in the document, too: "each":{"1":["ev.visit",7,"20230616","1"]}.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "flow/standing.hpp"
#include "record/kind.hpp"

namespace gangmu::record {

/// One contribution to a cell: an indicator, a place, and the day or period it counts in. `units` × 10^-decimals.
struct Contribution {
  std::string indicator{};
  PlaceId place{};
  std::string when{};   ///< a period, a day, or "end" for what stands
  std::int64_t units = 0;
  int decimals = 0;
  /// Its place (0), its day ("") or its measure is missing: it stands beside the figure, as one of `units` = ±1.
  bool beside = false;
  auto operator<=>(const Contribution&) const = default;
};

/// The field under which a merged record refers to the one that goes on. Fields of kinds begin with 1.
inline constexpr FieldId merged_into{0};

/// 催办: how often somebody was told that this is late, and what was said last.
struct Nudge {
  int n = 0;
  Instant at{};
  std::string by{};   ///< the actor of its entry
  std::string words{};
  bool waits = true;   ///< no step was taken since
  bool operator==(const Nudge&) const = default;
};

struct Record {
  RecordId id{};
  int version = 1;             ///< of the kind it was last written under
  flow::Standing standing{};   ///< empty where the kind has no flow
  Values values{};
  Who raiser{};
  std::string no{};        ///< the number people read, given once (numbering.hpp)
  std::string opening{};   ///< its number in the pack that brought it
  std::map<std::string, Date>
      marks{};   ///< "first:adopt": the day a step was first taken; "due:answer": the day a clock is due; "late:answer"
  std::map<int, Contribution> kept{};   ///< what each taking of a step contributed, as it was then
  std::optional<Instant> next{};        ///< when a clock does something by itself
  std::vector<Who> passed{};            ///< who answered before it was passed on (routes), the latest last
  int hops = 0;                         ///< how often it was passed on
  std::optional<Instant> voided{};      ///< since when it is void; its clocks stand still from then on
  std::optional<RecordId> into{};       ///< void, because it is the same as that one
  std::optional<Nudge> nudge{};
  Seq seq{};   ///< of its last event
  bool operator==(const Record&) const = default;
};

struct Event {
  std::string step{};
  std::string reason{};
  std::string sealed{};   ///< ciphertext of what was hidden in what was typed
  std::string actor{};    ///< who acted, and when: filled in by whoever writes
  Instant at{};
  std::optional<RecordId> other{};   ///< of a merge: the other of the two, where the patch does not say it
  Json notice{};   ///< what a clock tells, and whom: {"clock":"answer","rung":1,"run":1,"to":"raiser"}
  Json patch{};    ///< of the document, as above, without step and why
  std::vector<Contribution> tallies{};   ///< changes: what left with a minus, what came with a plus
  std::vector<Contribution> beside{};    ///< the same of what can't be placed, dated or measured
  [[nodiscard]] Json json() const;
  [[nodiscard]] bool empty() const;   ///< nothing changed
};
/// "unit:4401…", "post:…", "account:…", and back.
std::string who_text(const Who& who);
Result<Who> who_of(const std::string& text);   ///< error: event_malformed

Result<Event> event_of(const Json& json);   ///< error: event_malformed

/// The document after the event. Pure patching: objects merge member by member, null takes away.
Json applied(Json document, const Event& event);

Json document_of(const Kind& kind, const Record& record);
/// Error: event_malformed, field_unknown. The inverse of document_of.
Result<Record> record_of(const Kind& kind, RecordId id, const Json& document);
/// What stands of it in a document; nothing where nobody was nudged.
std::optional<Nudge> nudge_of(const Json& document);
/// What makes `after` of `before`: the smallest patch. Documents hold no nulls.
Json difference(const Json& before, const Json& after);

/// What events touched: fields, and of rows which ones.
struct Touched {
  std::set<FieldId> fields{};
  std::map<FieldId, std::set<int>> rows{};
  void add(const Event& event);
};

}   // namespace gangmu::record
