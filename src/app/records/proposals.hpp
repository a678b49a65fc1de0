// SPDX-License-Identifier: Apache-2.0
// Any workbook becomes a register: a kind is proposed from it, the office puts it right and publishes it. Nothing of
// the workbook is kept; its rows come in by an import (register_imports.hpp). Answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"
#include "record/propose.hpp"

namespace gangmu::app {

Result<Reply> propose_register(Service& service, const Call& call);
/// A new kind, or the next version of one; off until opened, unless owner and list number are given. With a `map` the
/// records a narrower version can't hold as they are go along in the same entry.
Result<Reply> publish_register(Service& service, const Call& call);
/// The same as a dry run: what differs, and each record that can't be placed, with what to write. Nothing is written.
Result<Reply> check_register(Service& service, const Call& call);

/// What the house knows of names of persons and units.
record::Wording register_wording();

}   // namespace gangmu::app
