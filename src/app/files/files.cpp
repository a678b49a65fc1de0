// SPDX-License-Identifier: Apache-2.0
#include "app/files/files.hpp"

#include "app/errors.hpp"
#include "app/files/content.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/picture.hpp"
#include "app/records/desk.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "app/unmask.hpp"
#include "sheet/marked_file.hpp"
#include "store/errors.hpp"
#include "store/records.hpp"

namespace gangmu::app {
namespace {

/// What was uploaded at one home and waits for a record to name it.
Status check_waiting(const Limits& limits, store::Store& store, PlaceId home, std::size_t bytes) {
  TRY_ASSIGN(const std::int64_t waiting,
             store.read([&](store::Database& database) { return store::evidence::waiting_bytes(database, home); }));
  const std::size_t all = static_cast<std::size_t>(waiting) + bytes;
  if (all <= limits.file_waiting_bytes) return {};
  return fail(errors::limit_exceeded, {"上传后还没有写进记录的文件", std::to_string(all),
                                       std::to_string(limits.file_waiting_bytes), "files no record names yet"});
}

/// A record the caller sees, and one of its files.
struct Asked {
  Picture picture;
  record::RecordId id;
  const record::Kind* kind = nullptr;
  record::Record record{};
  place::NodeIndex node = place::no_node;
  std::optional<Digest> digest{};   ///< nothing: what was asked for is none
};

Result<Asked> asked(Service& service, const Call& call, Permission permission) {
  TRY_ASSIGN(Picture picture, app::picture(service, call, permission));
  const Desk desk(service, picture, call);
  const auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id->kind));
  Asked out{.picture = picture, .id = *id, .kind = &columns->kind()};
  if (const auto digest = Digest::parse(call.sub_id)) out.digest = *digest;
  const Status read = picture.store->read([&](store::Database& database) -> Status {
    RecordTables tables(database, *picture.view, picture.view->seq);
    const record::Record* found = tables.at(*id);
    const record::Record* stands = tables.referred(*id);   // files of one that was merged are seen with the other
    TRY(tables.status());
    if (!found || !stands || !desk.sees(*columns, stands->id)) return fail(errors::unknown_record, {call.id});
    out.record = *found;
    return {};
  });
  TRY(read);
  out.node = desk.node_of(*out.kind, out.record);
  return out;
}

Result<Asked> asked_of_task(Service& service, const Call& call) {
  TRY_ASSIGN(Picture picture, app::picture(service, call, Permission::read_tasks));
  const auto row = find_task(picture, call.id, service.today());
  if (!row) return fail(errors::unknown_task, {call.id});
  const record::Kind& kind = *picture.view->records.catalogue->find(task_kind);
  Asked out{.picture = picture, .id = row->stored->id, .kind = &kind};
  if (const auto digest = Digest::parse(call.sub_id)) out.digest = *digest;
  TRY_ASSIGN(out.record, record::record_of(kind, row->stored->id, row->stored->document));
  return out;
}

using Values = record::Values;

void for_each_value(const Values& values, const std::function<void(const record::Value&)>& visit) {
  for (const auto& [field, value] : values) {
    visit(value);
    if (const auto* rows = std::get_if<record::Rows>(&value))
      for (const auto& [number, row] : rows->all) for_each_value(row, visit);
  }
}

std::optional<record::FileRef> named_now(const Asked& asked) {
  std::optional<record::FileRef> out;
  for_each_value(asked.record.values, [&](const record::Value& value) {
    const auto* file = std::get_if<record::FileRef>(&value);
    if (file && file->digest == asked.digest->text()) out = *file;
  });
  return out;
}

/// What the record named once is shown in its history, so it is still to be read.
Result<std::optional<record::FileRef>> named_before(const Asked& asked) {
  return asked.picture.store->read([&](store::Database& database) -> Result<std::optional<record::FileRef>> {
    std::optional<record::FileRef> out;
    TRY_ASSIGN(const bool some, store::records::named_file(database, asked.id, *asked.digest, asked.picture.view->seq));
    if (!some) return out;
    TRY_ASSIGN(const auto file, store::evidence::find(database, asked.id.home, *asked.digest));
    if (file) out = record::FileRef{asked.digest->text(), {}, file->type, file->bytes};
    return out;
  });
}

Status drop_waiting(store::Tx& tx, PlaceId home, const Digest& digest) {
  TRY_ASSIGN(const auto waiting, store::evidence::get(tx, home, digest));
  return waiting && !waiting->named ? tx.erase(store::table::file, {home.value, digest.text()}) : Status();
}

Reply download(const record::FileRef& file, std::string bytes) {
  Reply reply;
  reply.content_type = file.type;
  reply.body = std::move(bytes);
  const std::string ending = "." + std::string(file_ending(file.type));
  const std::string plain = file.digest.substr(file.digest.find(':') + 1, 12);
  const std::string name = file.name.empty() ? plain : file.name;
  reply.download_name = name.ends_with(ending) ? name : name + ending;
  return reply;
}

/// What a personal field says of its file, opened for who gave a reason.
Result<std::optional<record::FileRef>> sealed_now(const Asked& asked, const Call& call, const std::string& reason) {
  std::optional<record::FileRef> out;
  Status opened;
  for_each_value(asked.record.values, [&](const record::Value& value) {
    const auto* sealed = std::get_if<record::Sealed>(&value);
    if (!sealed || !opened) return;
    const auto text = open_record_text(asked.picture.store->vault(), asked.id, sealed->bytes, call.actor.id, reason);
    if (!text) opened = fail(text.error());
    const auto json = text ? Json::parse(*text) : Result<Json>(Json());
    if (json && (*json)["digest"] == Json(asked.digest->text()))
      out = record::FileRef{asked.digest->text(), (*json)["name"].string_or(""), (*json)["type"].string_or(""),
                            (*json)["bytes"].integer_or(0)};
  });
  TRY(opened);
  return out;
}

Result<Reply> plain_file(const Asked& asked, const Call& call) {
  if (!asked.digest) return fail(errors::unknown_file, {call.sub_id});
  auto file = named_now(asked);
  if (!file) { TRY_ASSIGN(file, named_before(asked)); }
  if (!file) return fail(errors::unknown_file, {call.sub_id});
  TRY_ASSIGN(std::string bytes, asked.picture.store->evidence().read(*asked.digest));
  return download(*file, std::move(bytes));
}

}   // namespace

Result<Reply> upload_file(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::write_records));
  const Limits& limits = service.limits();
  if (call.body.size() > limits.file_bytes)
    return fail(errors::limit_exceeded,
                {"文件字节数", std::to_string(call.body.size()), std::to_string(limits.file_bytes), "bytes of a file"});
  TRY(sheet::refuse_marked_file(call.body, call.query_or("name", "")));
  TRY_ASSIGN(FileContent content, file_content(call.body));
  const PlaceId home = picture.tree().home(picture.seat(Permission::write_records));
  if (!picture.store->evidence().holds(digest(content.bytes)))   // sent again, it takes no more room
    TRY(check_waiting(limits, *picture.store, home, content.bytes.size()));
  TRY_ASSIGN(const Digest kept, picture.store->evidence().keep(content.bytes));
  const auto bytes = static_cast<std::int64_t>(content.bytes.size());
  Json command;
  command.set("bytes", bytes);
  command.set("digest", kept.text());
  TRY_ASSIGN(const store::Answer answer,
             write(*picture.store, call,
                   {.home = home,
                    .actor = {},
                    .act = "upload_file",
                    .request_key = call.request_key,
                    .command = std::move(command),
                    .run = [&](store::Tx& tx) -> Result<Json> {
                      TRY(store::evidence::put(tx, home, {kept, content.type, bytes, false}));
                      return Json(Json::Object{});
                    }}));
  Reply reply;
  reply.status = 201;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("digest").value(kept.text());
  out.key("type").value(content.type).key("bytes").value(bytes).end_object();
  return reply;
}

Result<Reply> record_file(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, app::asked(service, call, Permission::read_records));
  return plain_file(asked, call);
}

Result<Reply> task_file(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, asked_of_task(service, call));
  return plain_file(asked, call);
}

Result<Reply> see_record_file(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, app::asked(service, call, Permission::see_persons));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string reason = body.text("reason").value_or("");
  TRY(body.finish());
  TRY(check_reason(service.limits(), reason));
  const Picture& picture = asked.picture;
  TRY(allowed(picture.rights, Permission::see_persons, {.node = asked.node}));
  TRY(check_second_factor(*picture.view, call.actor));
  if (!asked.digest) return fail(errors::unknown_file, {call.sub_id});
  const std::string subject = record_subject(asked.id);
  if (picture.store->vault().erased(subject)) return fail(store::errors::subject_erased);
  // Without a request key: each look is written down, a repeated one as well.
  const auto note = [&](store::Tx& tx) -> Result<Json> {
    TRY(store::records::append(tx, asked.id, {.step = "see-persons", .reason = masked(reason)}));
    return Json(Json::Object{});
  };
  TRY(write(*picture.store, call,
            {.home = asked.id.home, .actor = {}, .act = "see_persons", .request_key = {}, .command = {}, .run = note}));
  TRY_ASSIGN(const auto file, sealed_now(asked, call, reason));
  if (!file) return fail(errors::unknown_file, {call.sub_id});
  TRY_ASSIGN(std::string sealed, picture.store->evidence().read(*asked.digest));
  TRY_ASSIGN(std::string bytes, open_record_file(picture.store->vault(), asked.id, store::Bytes{std::move(sealed)},
                                                 call.actor.id, reason));
  return download(*file, std::move(bytes));
}

Result<record::FileRef> name_file(store::Store& store, store::Tx& tx, PlaceId seat, const record::RecordId& id,
                                  const record::Field& field, const Json& typed) {
  const std::string text = typed["digest"].string_or(""), name = masked(typed["name"].string_or(""));
  const auto digest = Digest::parse(text);
  std::optional<store::StoredFile> file;
  if (digest) { TRY_ASSIGN(file, store::evidence::get(tx, id.home, *digest)); }
  if (digest && !file) { TRY_ASSIGN(file, store::evidence::get(tx, seat, *digest)); }
  if (!file || !store.evidence().holds(*digest))
    return fail(errors::file_not_uploaded, {field.label(Language::zh), field.label(Language::en)});
  TRY(sheet::refuse_marked_file({}, name));
  if (field.personal) {
    TRY_ASSIGN(std::string bytes, store.evidence().read(*digest));
    TRY_ASSIGN(const store::Bytes sealed,
               store.vault().seal(record_subject(id), Personal<std::string>(std::move(bytes))));
    // What was uploaded waits no longer: nobody names it in clear, and its bytes go with the daily tidying.
    for (const PlaceId home : {id.home, seat}) TRY(drop_waiting(tx, home, *digest));
    TRY_ASSIGN(file->digest, store.evidence().keep(sealed.data));
    file->named = false;
  }
  TRY(store::evidence::name(tx, id.home, *file));
  // Uploaded under the writer's own seat, it no longer waits there, and another record may name it, too.
  if (!field.personal && seat != id.home) {
    TRY_ASSIGN(const auto waiting, store::evidence::get(tx, seat, *digest));
    if (waiting) TRY(store::evidence::name(tx, seat, *waiting));
  }
  return record::FileRef{file->digest.text(), name, file->type, file->bytes};
}

Result<record::Value> carried(store::Store& store, store::Tx& tx, const record::RecordId& from,
                              const record::RecordId& to, const record::Field& field, const record::Value& value,
                              const std::string& reason) {
  const auto named_by_both = [&](const std::string& digest, const std::string* clear) -> Result<std::string> {
    TRY_ASSIGN(const Digest held, Digest::parse(digest));
    TRY_ASSIGN(auto file, store::evidence::get(tx, from.home, held));
    if (!file) return digest;   // its row is not told of; what the record says of it stays as it is
    if (clear) {
      TRY_ASSIGN(const store::Bytes sealed,
                 store.vault().seal(record_subject(to), Personal<std::string>(std::string(*clear))));
      TRY_ASSIGN(file->digest, store.evidence().keep(sealed.data));
      file->named = false;
    }
    TRY(store::evidence::name(tx, to.home, *file));
    return file->digest.text();
  };
  if (const auto* file = std::get_if<record::FileRef>(&value)) {
    TRY(named_by_both(file->digest, nullptr));
    return value;
  }
  const auto* sealed = std::get_if<record::Sealed>(&value);
  if (!sealed) return value;
  TRY_ASSIGN(std::string text, open_record_text(store.vault(), from, sealed->bytes, tx.actor(), reason));
  if (field.type == record::Type::file) {
    TRY_ASSIGN(Json told, Json::parse(text));
    TRY_ASSIGN(const Digest digest, Digest::parse(told["digest"].string_or("")));
    TRY_ASSIGN(std::string bytes, store.evidence().read(digest));
    TRY_ASSIGN(const std::string clear,
               open_record_file(store.vault(), from, store::Bytes{std::move(bytes)}, tx.actor(), reason));
    TRY_ASSIGN(const std::string anew, named_by_both(digest.text(), &clear));
    told.set("digest", anew);
    text = told.canonical();
  }
  TRY_ASSIGN(std::string again, seal_text(store.vault(), record_subject(to), std::move(text)));
  return record::Value(record::Sealed{std::move(again)});
}

}   // namespace gangmu::app
