// SPDX-License-Identifier: Apache-2.0
// Views of a register that people keep: a name for conditions, columns and order. One's own, shared with one's office,
// or with everyone of the register.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

/// Those this reader may use.
Result<Reply> register_views(Service& service, const Call& call);
/// {"name","query":{},"shared"}: one of the same name of one's own is replaced.
Result<Reply> keep_register_view(Service& service, const Call& call);
Result<Reply> drop_register_view(Service& service, const Call& call);

}   // namespace gangmu::app
