// SPDX-License-Identifier: Apache-2.0
// Use cases about evidence: a file is uploaded, then a field of a record names it by its digest; it is read by whoever
// may see the record. Answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"
#include "record/field.hpp"
#include "record/value.hpp"
#include "store/store.hpp"

namespace gangmu::app {

Result<Reply> upload_file(Service& service, const Call& call);
Result<Reply> record_file(Service& service, const Call& call);
/// The same of a task.
Result<Reply> task_file(Service& service, const Call& call);
/// One of a personal field: for a reason, which is written down first.
Result<Reply> see_record_file(Service& service, const Call& call);

/// What a field of a record may say of an uploaded file: {"digest","name"} as typed, of a file uploaded at the record's
/// home or at the writer's `seat`. From now on it is named; of a personal field it is sealed under the record's key
/// first. Error: file_not_uploaded, secrecy_mark, …
Result<record::FileRef> name_file(store::Store& store, store::Tx& tx, PlaceId seat, const record::RecordId& id,
                                  const record::Field& field, const Json& typed);

}   // namespace gangmu::app
