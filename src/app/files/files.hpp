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

/// A value of `from` as `to` may hold it, when one is merged into the other: a file is named by both from now on, and
/// what is personal is sealed anew under the key of `to`, for who gave a reason.
Result<record::Value> carried(store::Store& store, store::Tx& tx, const record::RecordId& from,
                              const record::RecordId& to, const record::Field& field, const record::Value& value,
                              const std::string& reason);

}   // namespace gangmu::app
