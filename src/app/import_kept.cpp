// SPDX-License-Identifier: Apache-2.0
#include "app/import_kept.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "store/errors.hpp"

namespace gangmu::app {
namespace {

constexpr std::string_view file_suffix = ".file", layout_suffix = ".layout";

bool is_batch(const store::ImportBatch& row) {
  return row.state == state_read || row.state == state_confirmed || row.state == state_undone;
}

Result<store::ImportBatch> sealed_row(store::Store& store, PlaceId home, const std::string& id, std::string_view suffix,
                                      std::string bytes) {
  TRY_ASSIGN(std::string sealed, seal_text(store.vault(), import_subject(id), std::move(bytes)));
  Json body;
  body.set("sealed", std::move(sealed));
  return store::ImportBatch{home, id + std::string(suffix), std::move(body), std::string(suffix.substr(1)), {}};
}

/// What was sealed beside a batch, opened; nothing where there is no such row. Written once, so it is read as it stands
/// now.
Result<std::optional<std::string>> beside(store::Store& store, const store::ImportBatch& batch,
                                          std::string_view suffix) {
  const auto find = [&](store::Database& database) {
    return store::imports::read(database, batch.home, batch.id + std::string(suffix));
  };
  TRY_ASSIGN(const auto row, store.read(find));
  if (!row) return std::optional<std::string>();
  TRY_ASSIGN(std::string text,
             open_sealed_text(store.vault(), import_subject(batch.id), row->body["sealed"].string_or("")));
  return std::optional(std::move(text));
}

bool seen(const Picture& picture, const store::ImportBatch& batch, Permission permission) {
  return picture.may(permission, picture.tree().find(batch.home));
}

}   // namespace

std::vector<const store::ImportBatch*> all_imports(const Picture& picture) {
  std::vector<const store::ImportBatch*> out;
  picture.view->imports.for_each([&](const store::ImportBatch& row) {
    if (is_batch(row) && seen(picture, row, Permission::import_tasks)) out.push_back(&row);
  });
  std::ranges::stable_sort(out, std::ranges::greater(),
                           [](const store::ImportBatch* b) { return b->body["at"].string_or(""); });
  return out;
}

Result<const store::ImportBatch*> find_import(const Picture& picture, std::string_view id, Permission permission) {
  const store::ImportBatch* found = nullptr;
  picture.view->imports.for_each([&](const store::ImportBatch& row) {
    if (row.id == id && is_batch(row) && seen(picture, row, permission)) found = &row;
  });
  if (!found) return fail(errors::unknown_import, {std::string(id)});
  return found;
}

plan::Answers answers_of(const Json& body) {
  plan::Answers out;
  if (const auto* answers = body["answers"].object()) {
    for (const auto& [id, value] : *answers) out[id] = value.string_or("");
  }
  return out;
}

Json answers_json(const plan::Answers& answers) {
  Json out(Json::Object{});
  for (const auto& [id, value] : answers) out.set(id, value);
  return out;
}

Result<store::ImportBatch> sealed_file(store::Store& store, PlaceId home, const std::string& id, std::string bytes) {
  return sealed_row(store, home, id, file_suffix, std::move(bytes));
}

Result<store::ImportBatch> sealed_layout(store::Store& store, PlaceId home, const std::string& id, const Json& layout) {
  return sealed_row(store, home, id, layout_suffix, layout.canonical());
}

Status erase_import(store::Tx& tx, const store::ImportBatch& batch) {
  TRY(store::imports::erase(tx, batch.home, batch.id + std::string(file_suffix)));
  return store::imports::erase(tx, batch.home, batch.id);
}

Result<std::string> file_of(store::Store& store, const store::ImportBatch& batch) {
  TRY_ASSIGN(auto file, beside(store, batch, file_suffix));
  if (!file) return fail(errors::unknown_import, {batch.id});
  return *std::move(file);
}

Result<Json> layout_of(store::Store& store, const store::ImportBatch& batch) {
  const auto text = beside(store, batch, layout_suffix);
  if (!text && text.error().is(store::errors::subject_erased)) return Json();
  if (!text) return fail(text.error());
  if (!*text) return Json();
  Result<Json> layout = Json::parse(**text);
  if (layout) layout = public_layout(*std::move(layout));
  return layout;
}

}   // namespace gangmu::app
