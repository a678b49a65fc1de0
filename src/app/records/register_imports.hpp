// SPDX-License-Identifier: Apache-2.0
// An office's sheet into an open register: the difference first, then all of it or nothing, and the way back. Between
// the difference and the import nothing is kept here: whoever imports sends the same bytes again and says which
// picture (seq) and which file (digest) the difference was told of. Answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> preview_register_import(Service& service, const Call& call);
Result<Reply> confirm_register_import(Service& service, const Call& call);
Result<Reply> register_imports(Service& service, const Call& call);
Result<Reply> undo_register_import(Service& service, const Call& call);

}   // namespace gangmu::app
