// SPDX-License-Identifier: Apache-2.0
// Doubles of a register (重复登记): found, merged into one, and taken apart again.
#pragma once

#include "app/json_body.hpp"
#include "app/records/desk.hpp"

namespace gangmu::app {

/// Records that are called the same at the same place.
Result<Reply> register_doubles(Service& service, const Call& call);

/// {"into","into_seq","fields":{"name":"leaving"},"reason"}: the record of the path is merged into another, whose
/// address answers for both from now on.
Result<Reply> merge_record(Service& service, const Call& call);
/// The record of the path stands on its own again; what the other took over of it goes, as far as nobody changed it.
Result<Reply> undo_merge(Service& service, const Call& call);

/// Those that were merged into a record itself, and whether this reader may undo it. Member "merged".
Status told_merged(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record,
                   store::Database& database, RecordTables& tables);

/// The error for who acts on a record they don't see: one that was merged leads to another, which they may see.
Error not_there(const Desk& desk, const record::RecordId& id);

}   // namespace gangmu::app
