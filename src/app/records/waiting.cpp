// SPDX-License-Identifier: Apache-2.0
#include "app/records/waiting.hpp"

#include <algorithm>

#include "record/notices.hpp"

namespace gangmu::app {
namespace {

using flow::ClockRule;
using flow::Step;

/// How a row says that the reader is meant.
struct Meant {
  enum class By : std::uint8_t { region, field, raiser };
  By by = By::region;
  record::Interval region{};
  std::size_t column = 0;
  std::int64_t name = 0;   ///< of the reader, as columns number names
  [[nodiscard]] bool operator()(const record::RowAt& row) const {
    const place::NodeIndex node = row.chunk.node[row.row];
    if (by == By::region) return node != place::no_node && node >= region.first && node < region.second;
    return (by == By::field ? row.chunk.numbers[column][row.row] : row.chunk.raiser[row.row]) == name;
  }
};

bool stops(const ClockRule& clock, const flow::Flow& flow, flow::StepIndex index) {
  const Step& step = flow.steps()[index];
  const bool ends = step.to != flow::none && flow.states()[step.to].kind == flow::StateKind::final;
  return ends || clock.stop_always || flow::holds(clock.stop_steps, index) ||
         (step.to != flow::none && flow::holds(clock.stop_states, step.to));
}

class Looking {
 public:
  Looking(const Desk& desk, const record::Columns& columns)
      : desk_(desk), columns_(columns), flow_(*columns.kind().flow()) {
    by_state_.resize(flow_.states().size());
    for (flow::StepIndex i = 0; i < flow_.steps().size(); ++i) {
      const Step& step = flow_.steps()[i];
      const bool clocked = std::ranges::any_of(flow_.clocks(), [&](const ClockRule& c) { return stops(c, flow_, i); });
      if (step.automatic() || !clocked) continue;
      for (const std::string& party : step.by)
        for (const flow::StateIndex from : step.from) add(party, true, by_state_[from]);
    }
    for (const record::TellingRung& rung : record::telling_rungs(flow_)) {
      told_.emplace_back();
      add(rung.to, false, told_.back());
    }
  }

  void run(const std::function<void(WaitingRecord)>& visit) const {
    record::Filter open;
    for (flow::StateIndex i = 0; i < flow_.states().size(); ++i)
      if (flow_.states()[i].kind != flow::StateKind::final) open.states.push_back(i);
    record::for_each(columns_, desk_.sight(columns_), open, [&](const record::RowAt& row, const record::RecordId& id) {
      WaitingRecord out{.due = row.chunk.due[row.row], .id = id, .step = false, .told = 0};
      out.step = out.due != record::never_due && any(by_state_[row.chunk.state[row.row]], row);
      for (std::size_t bit = 0; bit < told_.size(); ++bit)
        if (const std::uint32_t one = std::uint32_t{1} << bit;
            (row.chunk.told[row.row] & one) != 0 && any(told_[bit], row))
          out.told |= one;
      if (out.step || out.told != 0) visit(std::move(out));
    });
  }

 private:
  static bool any(const std::vector<Meant>& all, const record::RowAt& row) {
    return std::ranges::any_of(all, [&](const Meant& one) { return one(row); });
  }

  void add(const std::string& party, bool acts, std::vector<Meant>& out) const {
    for (const Hat& hat : desk_.hats()) {
      if (acts && !hat.writes) continue;
      const record::Interval region{hat.node, desk_.picture().tree().end(hat.node)};
      if (hat.role.empty() || party == hat.role || party == "units")
        out.push_back({.by = Meant::By::region, .region = region});
      for (const record::Who* who : {&hat.unit, &hat.actor.post}) {
        const std::int64_t name = who->id.empty() ? -1 : columns_.number_of(record::who_text(*who));
        if (name < 0) continue;   // stands in no record
        const record::Field* field = columns_.kind().field(party);
        const std::size_t column = field ? columns_.number_column(field->id) : record::Columns::no_column;
        if (column != record::Columns::no_column && field->type == record::Type::who)
          out.push_back({.by = Meant::By::field, .column = column, .name = name});
        if (party == "raiser") out.push_back({.by = Meant::By::raiser, .name = name});
      }
    }
  }

  const Desk& desk_;
  const record::Columns& columns_;
  const flow::Flow& flow_;
  std::vector<std::vector<Meant>> by_state_;   ///< who takes a step from there that stops a clock
  std::vector<std::vector<Meant>> told_;       ///< by telling rung
};

}   // namespace

void waiting_for(const Desk& desk, const record::Columns& columns, const std::function<void(WaitingRecord)>& visit) {
  if (columns.kind().flow()) Looking(desk, columns).run(visit);
}

}   // namespace gangmu::app
