// SPDX-License-Identifier: Apache-2.0
// An import on the wire.
#pragma once

#include "app/import_reading.hpp"
#include "store/imports.hpp"

namespace gangmu::app::wire {

/// The whole Import: the batch as it stands, and its file as it reads now.
void import_batch(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch,
                  const ImportReading& reading);
/// ImportItem of the list.
void import_item(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch);

}   // namespace gangmu::app::wire
