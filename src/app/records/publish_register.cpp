// SPDX-License-Identifier: Apache-2.0
// A kind the office wrote or put right, published: proved with all others as they stand, versions as docs/kinds.md says
// them.
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/pack_kinds.hpp"
#include "app/picture.hpp"
#include "app/records/proposals.hpp"
#include "base/text.hpp"
#include "app/task_record.hpp"
#include "record/body.hpp"
#include "record/errors.hpp"
#include "record/programme.hpp"
#include "record/versions.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t owner_longest = 60, number_longest = 40;   ///< characters

struct Publishing {
  std::string id{};
  Json body{};
  int version = 1;
  std::string owner{}, list_number{};
};

Status check_texts(const Publishing& wish) {
  for (const auto& [text, limit] : {std::pair(&wish.owner, owner_longest), {&wish.list_number, number_longest}})
    if (const std::size_t length = text::length(*text); length > limit)
      return fail(errors::limit_exceeded,
                  {"文字的字数", std::to_string(length), std::to_string(limit), "characters of the text"});
  if (wish.owner.empty() != wish.list_number.empty())
    return fail(errors::field_type, {wish.owner.empty() ? "owner" : "list_number", "不能为空", "wanted"});
  if (wish.id.empty()) return fail(errors::field_missing, {"kind.id"});
  if (is_of_program("kind", wish.id)) return fail(record::errors::name_taken, {wish.id});
  return {};
}

void set_version(Publishing& wish) {
  Json is = wish.body["is"];
  is.set("version", wish.version);
  wish.body.set("is", std::move(is));
}

/// A field keeps its number by its name; what is held can still be read. Errors: those of record::publishable.
Status follow(Publishing& wish, const store::Definitions& definitions) {
  const auto* before = definitions.latest("kind", wish.id);
  Diagnostics faults;
  if (!before || before->retired) {
    wish.body = record::numbered_body(std::move(wish.body), nullptr);
    wish.version = before ? before->version + 1 : 1;
    set_version(wish);
  } else {
    const record::KindSource old = record::kind_of_body(record::stored_body(*before), faults);
    wish.body = record::numbered_body(std::move(wish.body), &old);
    wish.version = before->version + 1;
    set_version(wish);
    const record::KindSource now = record::kind_of_body(record::placed(wish.body, "kind"), faults);
    TRY(record::publishable(old, now, record::differences(old, now)));
  }
  return {};
}

/// All kinds with this one in its place hold together.
Status proved(const Publishing& wish, const store::Definitions& definitions, Date today) {
  store::StoredDefinition next;
  next.kind = "kind";
  next.id = wish.id;
  next.version = wish.version;
  next.valid_from = today;
  next.body = wish.body;
  TRY(catalogue_of(*definitions.with({std::move(next)}), today));
  return {};
}

Result<Json> publish(store::Tx& tx, const Publishing& wish) {
  TRY_ASSIGN(const auto latest, store::definitions::latest(tx, "kind", wish.id));
  if ((latest ? latest->version + 1 : 1) != wish.version) return fail(errors::register_published, {wish.id});
  TRY(store::definitions::publish(tx, "kind", wish.id, tx.at().date(), wish.body));
  if (!wish.owner.empty()) {
    Json state;
    state.set("id", wish.id);
    state.set("owner", wish.owner);
    state.set("list_number", wish.list_number);
    TRY(store::definitions::publish(tx, "register", wish.id, tx.at().date(), std::move(state)));
  }
  Json answer;
  answer.set("id", wish.id);
  answer.set("version", wish.version);
  return answer;
}

}   // namespace

Result<Reply> publish_register(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::open_registers));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  Publishing wish{.id = {},
                  .body = body.object("kind"),
                  .version = 1,
                  .owner = body.text("owner").value_or(""),
                  .list_number = body.text("list_number").value_or("")};
  TRY(body.finish());
  wish.id = wish.body["id"].string_or("");
  TRY(check_texts(wish));
  const auto& definitions = *picture.view->definitions;
  TRY(follow(wish, definitions));
  TRY(proved(wish, definitions, service.today()));
  Json command = body.json();
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = picture.tree()[0].id,
                                                .actor = {},
                                                .act = "publish_register",
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) { return publish(tx, wish); }}));
  Reply reply;
  reply.status = 201;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("id").value(answer.body["id"].string_or(""));
  out.key("version").value(answer.body["version"].integer_or(1));
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
