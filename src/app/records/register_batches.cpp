// SPDX-License-Identifier: Apache-2.0
#include "app/records/register_batches.hpp"

#include <algorithm>

#include "app/errors.hpp"

namespace gangmu::app {

std::vector<const store::ImportBatch*> register_batches(const Picture& picture, std::string_view kind) {
  std::vector<const store::ImportBatch*> out;
  picture.view->imports.for_each([&](const store::ImportBatch& row) {
    const place::NodeIndex from = picture.tree().find_code(row.body["place"].string_or(""));
    if (is_register_batch(row, kind) && picture.may(Permission::write_records, from)) out.push_back(&row);
  });
  std::ranges::stable_sort(out, std::ranges::greater(),
                           [](const store::ImportBatch* one) { return one->body["seq"].integer_or(0); });
  return out;
}

Result<const store::ImportBatch*> register_batch(const Picture& picture, std::string_view kind, std::string_view id) {
  for (const store::ImportBatch* one : register_batches(picture, kind))
    if (one->id == id) return one;
  return fail(errors::unknown_import, {std::string(id)});
}

}   // namespace gangmu::app
