// SPDX-License-Identifier: Apache-2.0
// A kind the office wrote or put right, published: on the writer, proved with all others as they stand there, versions
// as docs/kinds.md says them.
#include <algorithm>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/pack_kinds.hpp"
#include "app/picture.hpp"
#include "app/records/following.hpp"
#include "app/records/proposals.hpp"
#include "app/task_record.hpp"
#include "base/json_texts.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {
namespace {

struct Publishing {
  Definition kind{};
  int seen = 0;   ///< how many versions the office saw
  std::string owner{}, list_number{};
};

int versions_of(const store::StoredDefinition* latest) { return latest ? latest->version : 0; }

Status check_texts(const Limits& limits, const Publishing& wish) {
  for (const auto& [text, limit] :
       {std::pair(&wish.owner, limits.register_owner_most), {&wish.list_number, limits.register_number_most}})
    if (const std::size_t length = text::length(*text); length > limit)
      return fail(errors::limit_exceeded,
                  {"文字的字数", std::to_string(length), std::to_string(limit), "characters of the text"});
  if (wish.owner.empty() != wish.list_number.empty())
    return fail(errors::field_type, {wish.owner.empty() ? "owner" : "list_number", "不能为空", "wanted"});
  if (wish.kind.id.empty()) return fail(errors::field_missing, {"kind.id"});
  if (is_of_program("kind", wish.kind.id)) return fail(record::errors::name_taken, {wish.kind.id});
  return {};
}

/// A kind is told to everybody: numbers of persons stand nowhere in it. Refused before anything is written.
Status refuse_numbers(const Json& kind) {
  Diagnostics faults;
  for_each_text(kind, [&](const std::string& field, std::string_view text) {
    if (masked(text) == text) return;
    faults.push_back(
        {&errors::field_type, {masked(field), "不含手机号、身份证号等的文字", "without numbers of persons"}, {}});
  });
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

FollowWorld world_of(const Service& service, const Picture& picture) {
  return {picture.tree(), picture.view->homes->all(), calendar_of(*picture.view), service.system().clock.now()};
}

Result<Publishing> wish_in(const Service& service, const Picture& picture, const Call& call, Json& command) {
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  Publishing wish;
  wish.kind.kind = "kind";
  wish.kind.body = body.object("kind");
  wish.kind.id = wish.kind.body["id"].string_or("");
  wish.owner = masked(body.text("owner").value_or(""));
  wish.list_number = masked(body.text("list_number").value_or(""));
  TRY(body.finish());
  TRY(check_texts(service.limits(), wish));
  TRY(refuse_numbers(wish.kind.body));
  wish.seen = versions_of(picture.view->definitions->latest("kind", wish.kind.id));
  command = body.json();
  return wish;
}

void told(JsonWriter& out, const UnplacedRecord& one) {
  out.begin_object().key("id").value(one.id.text()).key("no").value(one.no).key("title").value(one.title);
  out.key("field").value(one.what.field).key("zh").value(one.what.zh).key("en").value(one.what.en);
  out.key("value").value(one.what.value).key("map").value(one.what.map);
  if (!one.like.kind.empty()) out.key("like").value(one.like.text());
  const bool alike = !one.like.kind.empty();
  out.key("why_zh").value(alike ? "唯一字段相同" : one.what.why.text(Language::zh));
  out.key("why_en").value(alike ? "they are alike in the key" : one.what.why.text(Language::en)).end_object();
}

/// Records that can't stay as they are go along, where the kind has a map. `now`: the kinds the office saw.
Result<Json> publish(store::Tx& tx, const Publishing& wish, const std::shared_ptr<const record::Catalogue>& now,
                     const FollowWorld& world, const Limits& limits) {
  const std::string& id = wish.kind.id;
  const Date today = tx.at().date();
  TRY_ASSIGN(const auto before, store::definitions::load(tx.database()));
  if (versions_of(before->latest("kind", id)) != wish.seen) return fail(errors::register_published, {id});
  TRY_ASSIGN(const Definition next, next_version(wish.kind, *before));
  TRY(store::definitions::publish(tx, "kind", id, today, next.body));
  TRY_ASSIGN(const auto after, store::definitions::load(tx.database()));
  TRY_ASSIGN(auto proved, catalogue_of(*after, today));
  if (!wish.owner.empty()) {
    Json state;
    state.set("id", id);
    state.set("owner", wish.owner);
    state.set("list_number", wish.list_number);
    TRY(store::definitions::publish(tx, "register", id, today, std::move(state)));
  }
  Json answer;
  answer.set("id", id);
  answer.set("version", next.body["is"]["version"]);
  answer.set("moved", std::int64_t{0});
  if (now && now->find(id) && proved->find(id)->mapping()) {
    TRY_ASSIGN(const Followers done, follow(tx, {now, std::move(proved), id}, world, limits));
    answer.set("moved", done.moving);
  }
  return answer;
}

}   // namespace

Result<Reply> publish_register(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::open_registers));
  TRY(allowed(picture.rights, Permission::open_registers, {.node = 0}));   // a kind is the whole programme's
  Json command;
  TRY_ASSIGN(const Publishing wish, wish_in(service, picture, call, command));
  const FollowWorld world = world_of(service, picture);
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = picture.tree()[0].id,
                                                .actor = {},
                                                .act = "publish_register",
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) {
                                                  return publish(tx, wish, picture.view->records.catalogue, world,
                                                                 service.limits());
                                                }}));
  Reply reply;
  reply.status = 201;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("id").value(answer.body["id"].string_or(""));
  out.key("version").value(answer.body["version"].integer_or(1));
  out.key("moved").value(answer.body["moved"].integer_or(0));
  out.end_object();
  return reply;
}

Result<Reply> check_register(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::open_registers));
  TRY(allowed(picture.rights, Permission::open_registers, {.node = 0}));
  Json command;
  TRY_ASSIGN(const Publishing wish, wish_in(service, picture, call, command));
  const std::string& id = wish.kind.id;
  const auto& catalogue = picture.view->records.catalogue;
  if (id != call.id || !catalogue || !catalogue->find(id)) return fail(errors::unknown_kind, {id});
  const auto& definitions = *picture.view->definitions;
  const ProposedVersion proposed = proposed_version(wish.kind, definitions);
  store::StoredDefinition stored;
  static_cast<Definition&>(stored) = proposed.kind;
  stored.version = wish.seen + 1;
  stored.valid_from = service.today();
  TRY_ASSIGN(auto next, catalogue_of(*definitions.with({std::move(stored)}), service.today()));
  const auto& changes = proposed.changes;
  // What never can be is not looked for in records: they could not be read under it.
  const bool never =
      std::ranges::any_of(changes, [](const auto& one) { return one.change == record::VersionChange::never; });
  const bool narrows =
      std::ranges::any_of(changes, [](const auto& one) { return one.change == record::VersionChange::narrowing; });
  Followers found;
  if (!never && (next->find(id)->mapping() || narrows)) {
    TRY_ASSIGN(found, followers(*picture.store, {catalogue, next, id}, world_of(service, picture), service.limits()));
  }
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object()
      .key("id")
      .value(id)
      .key("version")
      .value(proposed.kind.body["is"]["version"].integer_or(1))
      .key("changes")
      .begin_array();
  for (const record::VersionDifference& one : changes)
    out.begin_object()
        .key("change")
        .value(record::name_of(one.change))
        .key("of")
        .value(one.of)
        .key("zh")
        .value(one.zh)
        .key("en")
        .value(one.en)
        .end_object();
  out.end_array().key("may_publish").value(proposed.publishable.has_value() && found.unplaced == 0);
  out.key("records").value(found.records).key("moving").value(found.moving).key("unplaced").value(found.unplaced);
  out.key("items").begin_array();
  for (const UnplacedRecord& one : found.items) told(out, one);
  out.end_array().end_object();
  return reply;
}

}   // namespace gangmu::app
