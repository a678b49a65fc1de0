// SPDX-License-Identifier: Apache-2.0
// Use cases about imports; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> imports(Service& service, const Call& call);
Result<Reply> import_batch(Service& service, const Call& call);
Result<Reply> import_rows(Service& service, const Call& call);
Result<Reply> import_skipped(Service& service, const Call& call);
Result<Reply> import_questions(Service& service, const Call& call);
Result<Reply> import_notes(Service& service, const Call& call);
Result<Reply> read_import(Service& service, const Call& call);
Result<Reply> answer_import(Service& service, const Call& call);
Result<Reply> confirm_import(Service& service, const Call& call);
Result<Reply> discard_import(Service& service, const Call& call);
Result<Reply> undo_import(Service& service, const Call& call);

}   // namespace gangmu::app
