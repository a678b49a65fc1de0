// SPDX-License-Identifier: Apache-2.0
#include "app/picture.hpp"

#include <charconv>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "base/text.hpp"

namespace gangmu::app {

const store::StoredDefinition* programme_of(const store::View& view) {
  const auto all = view.definitions->list("programme");
  return all.empty() ? nullptr : all.front();
}

const Json& Picture::programme() const { return programme_of(*view)->body; }

place::NodeIndex Picture::focus() const {
  const Json& body = programme();
  const place::NodeIndex node = tree().find_code(body["focus"].string_or(body["root"].string_or("")));
  return node == place::no_node ? 0 : node;
}

wire::SourceName Picture::source_name() const {
  const auto names = view->sources;
  return [names](std::uint32_t handle) -> std::string_view {
    return handle < names->size() ? std::string_view((*names)[handle]) : std::string_view();
  };
}

std::string Picture::actor_name(std::string_view actor) const { return name_of(*view, store->vault(), actor); }

Result<place::NodeIndex> Picture::node(std::string_view code) const {
  if (const place::NodeIndex found = tree().find_code(code); found != place::no_node) return found;
  const place::NodeIndex node = tree().find(view->frames->find_code(code, view->at.date()));
  if (node == place::no_node) return fail(errors::unknown_place, {std::string(code)});
  return node;
}

bool Picture::may(Permission permission, const place::Tree& then, place::NodeIndex node) const {
  const place::NodeIndex today = (now ? *now->tree : tree()).find(then[node].id);
  return (today != place::no_node && rights.may(permission, today)) || rights.may_then(permission, then, node);
}

Result<place::NodeIndex> Picture::node(std::string_view code, Permission permission) const {
  TRY_ASSIGN(const place::NodeIndex found, node(code));
  if (!may(permission, found)) return fail(errors::unknown_place, {std::string(code)});
  return found;
}

place::NodeIndex Picture::seat(Permission permission) const {
  if (may(permission, focus())) return focus();
  for (const access::Grant& grant : rights.grants()) {
    const place::NodeIndex node = tree().find(grant.place);
    if (node != place::no_node && may(permission, node)) return node;
  }
  return focus();
}

Result<fact::IndicatorIndex> Picture::indicator(std::string_view code) const {
  const fact::IndicatorIndex index = cube().find(IndicatorCode{std::string(code)});
  if (index != fact::no_indicator) return index;
  std::vector<std::string> known;
  for (const auto& indicator : cube().indicators()) known.push_back(indicator.code.value);
  const std::string near = text::nearest(code, known);
  const bool some = !near.empty();
  return fail(errors::unknown_indicator, {std::string(code), some ? "，最接近的是“" + near + "”" : "",
                                          some ? ", the nearest is '" + near + "'" : ""});
}

Status allowed(const access::Rights& rights, Permission permission, const access::Object& object) {
  const access::Verdict verdict = rights.verdict(permission, object);
  if (verdict == access::Verdict::yes) return {};
  const auto& facts = access::facts_of(permission);
  const auto here = [&](const char* zh, const char* en) {
    return fail(errors::forbidden_here, {std::string(facts.zh), std::string(facts.en), zh, en});
  };
  switch (verdict) {
    case access::Verdict::expired: return here("授权已到期", "the grant has expired");
    case access::Verdict::elsewhere: return here("不在您的地区范围内", "it lies outside your region");
    case access::Verdict::other_line: return here("不属于您的条线", "it is not in your line of work");
    case access::Verdict::other_state: return here("当前状态不允许", "its present state does not allow it");
    case access::Verdict::no_role:
    case access::Verdict::yes: break;
  }
  return fail(errors::forbidden, {std::string(facts.zh), std::string(facts.en)});
}

namespace {

Seq min_seq(const Call& call) {
  const std::string text = call.query_or("min_seq", "0");
  Seq seq;
  std::from_chars(text.data(), text.data() + text.size(), seq.value);
  return seq;
}

}   // namespace

Result<Picture> picture(const Service& service, const Call& call, Permission permission) {
  TRY(service.require(call, permission));
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  Picture out{store, store->view(), call.actor.rights};
  if (const Seq wanted = min_seq(call); out.view->seq < wanted) {
    TRY_ASSIGN(out.view, store->view_at_least(wanted, std::chrono::milliseconds(2000)));
  }
  if (!programme_of(*out.view)) return fail(errors::programme_undefined, {});
  return out;
}

}   // namespace gangmu::app
