// SPDX-License-Identifier: Apache-2.0
#include "app/waiting_tasks.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "app/account.hpp"
#include "app/identity.hpp"
#include "flow/clock.hpp"

namespace gangmu::app {
namespace {

namespace field = plan::task_field;

/// Where accounts that report are: the lines that have one, and the places with one that has no line.
class Reporters {
 public:
  Reporters(Service& service, const Picture& picture, Date today) : tree_(picture.tree()), today_(today) {
    const auto roles = roles_of(service, *picture.view);
    for (const access::Role& role : roles->list())
      if (std::ranges::count(role.may, Permission::report_progress, &access::Right::permission) > 0)
        roles_.insert(role.id);
    for (const access::Grant& grant : picture.rights.grants()) add(grant, own_);
    machine_ = picture.rights.grants().empty();
    if (machine_ || (own_.lines.empty() && own_.places.empty())) return;
    picture.view->accounts.for_each([&](const store::Account& account) {
      if (account.state == account_disabled) return;
      for (const access::Grant& grant : grants_of(account)) add(grant, all_);
    });
  }

  [[nodiscard]] bool meant(const TaskRow& row, place::NodeIndex node) const {
    if (machine_) return true;
    std::vector<std::string_view> units = row.units(field::responsible);
    if (const auto lead = row.text(field::lead); !lead.empty()) units.push_back(lead);
    if (std::ranges::any_of(units, [&](std::string_view unit) { return has(own_, unit, node); })) return true;
    const bool all_have = std::ranges::all_of(units, [&](std::string_view unit) { return has(all_, unit, node); });
    if (!units.empty() && all_have) return false;
    while (node != place::no_node && !all_.places.contains(node)) node = tree_.parent(node);
    return node != place::no_node && own_.places.contains(node);
  }

 private:
  struct Where {
    std::set<std::pair<std::string, place::NodeIndex>, std::less<>> lines{};
    std::set<place::NodeIndex> places{};
  };

  void add(const access::Grant& grant, Where& where) const {
    const place::NodeIndex node = tree_.find(grant.place);
    const bool holds = grant.asleep.empty() && (!grant.until || *grant.until >= today_) && node != place::no_node;
    if (!holds || !roles_.contains(grant.role)) return;
    if (grant.line.empty())
      where.places.insert(node);
    else
      where.lines.emplace(grant.line, node);
  }
  /// An account of that line whose region holds the place.
  [[nodiscard]] bool has(const Where& where, std::string_view line, place::NodeIndex node) const {
    return node != place::no_node && std::ranges::any_of(where.lines, [&](const auto& one) {
             return one.first == line && tree_.within(node, one.second);
           });
  }

  const place::Tree& tree_;
  Date today_;
  std::set<std::string, std::less<>> roles_{};   ///< that carry report_progress
  Where own_{}, all_{};
  bool machine_ = false;
};

/// What it waits for from who may close it; nothing: from nobody like that.
std::optional<TaskWaits> ruled(const TaskRow& row, std::string_view state) {
  if (state == "done_waiting") return TaskWaits::close;
  if (state == "objected") return TaskWaits::objected;
  const bool asked = !row.text(field::asked_due).empty() || !row.text(field::asked_text).empty();
  return state == "open" && asked ? std::optional(TaskWaits::change) : std::nullopt;
}
/// And from who reports on it.
std::optional<TaskWaits> reported(const TaskRow& row, std::string_view state, Date until) {
  if (state != "open") return std::nullopt;
  if (!row.text(field::returned_on).empty()) return TaskWaits::returned;
  return row.last && *row.last <= until ? std::optional(TaskWaits::report) : std::nullopt;
}

struct WaitName {
  std::string_view name, step;
};
constexpr std::array<WaitName, 5> wait_names = {{{"report", "progress"},
                                                 {"returned", "progress"},
                                                 {"close", "close"},
                                                 {"objected", "uphold"},
                                                 {"change", "grant_change"}}};

}   // namespace

std::string_view waits_name(TaskWaits why) { return wait_names[static_cast<std::size_t>(why)].name; }
std::string_view step_for(TaskWaits why) { return wait_names[static_cast<std::size_t>(why)].step; }

void waiting_tasks(Service& service, const Picture& picture, Instant now, int days,
                   const std::function<void(const WaitingTask&)>& visit) {
  if (!picture.rights.holds(Permission::read_tasks)) return;
  const Date today = now.date();
  const Instant tonight = flow::end_of(today);
  const Reporters reporters(service, picture, today);
  tasks_of(*picture.view).for_each([&](const store::WholeRecord& stored) {
    const TaskRow row = task_row(stored, today);
    const std::string state = stored.document["s"].string_or("");
    const auto rules = ruled(row, state), reports = reported(row, state, today.plus_days(days));
    if ((!rules && !reports) || !allowed(picture, Permission::read_tasks, stored)) return;
    if (rules && allowed(picture, Permission::close_tasks, stored))
      return visit({.stored = &stored, .why = *rules, .last = row.last, .by = tonight});
    if (!reports || !allowed(picture, Permission::report_progress, stored)) return;
    if (!reporters.meant(row, node_of(picture, stored))) return;
    const Instant due = row.last ? flow::end_of(*row.last) : tonight;
    const bool soon = *reports == TaskWaits::report;
    visit({.stored = &stored, .why = *reports, .last = row.last, .by = soon ? due : std::min(due, tonight)});
  });
}

}   // namespace gangmu::app
