// SPDX-License-Identifier: Apache-2.0
// A kind the office wrote or put right, published: on the writer, proved with all others as they stand there, versions
// as docs/kinds.md says them.
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/pack_kinds.hpp"
#include "app/picture.hpp"
#include "app/records/proposals.hpp"
#include "app/task_record.hpp"
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

Result<Json> publish(store::Tx& tx, const Publishing& wish) {
  const std::string& id = wish.kind.id;
  const Date today = tx.at().date();
  TRY_ASSIGN(const auto before, store::definitions::load(tx.database()));
  if (versions_of(before->latest("kind", id)) != wish.seen) return fail(errors::register_published, {id});
  TRY_ASSIGN(const Definition next, next_version(wish.kind, *before));
  TRY(store::definitions::publish(tx, "kind", id, today, next.body));
  TRY_ASSIGN(const auto after, store::definitions::load(tx.database()));
  TRY(catalogue_of(*after, today));
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
  return answer;
}

}   // namespace

Result<Reply> publish_register(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::open_registers));
  TRY(allowed(picture.rights, Permission::open_registers, {.node = 0}));   // a kind is the whole programme's
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  Publishing wish;
  wish.kind.kind = "kind";
  wish.kind.body = body.object("kind");
  wish.kind.id = wish.kind.body["id"].string_or("");
  wish.owner = masked(body.text("owner").value_or(""));
  wish.list_number = masked(body.text("list_number").value_or(""));
  TRY(body.finish());
  TRY(check_texts(service.limits(), wish));
  wish.seen = versions_of(picture.view->definitions->latest("kind", wish.kind.id));
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
