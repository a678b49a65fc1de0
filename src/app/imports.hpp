// SPDX-License-Identifier: Apache-2.0
// Use cases about imports; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> imports(Service& service, const Call& call);
Result<Reply> import_batch(Service& service, const Call& call);
Result<Reply> read_import(Service& service, const Call& call);
Result<Reply> answer_import(Service& service, const Call& call);
Result<Reply> confirm_import(Service& service, const Call& call);
Result<Reply> undo_import(Service& service, const Call& call);

}   // namespace gangmu::app
