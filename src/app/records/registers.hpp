// SPDX-License-Identifier: Apache-2.0
// Use cases about registers (台账) and their records (记录); answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> registers(Service& service, const Call& call);
Result<Reply> register_kind(Service& service, const Call& call);
Result<Reply> open_register(Service& service, const Call& call);
Result<Reply> close_register(Service& service, const Call& call);

Result<Reply> records(Service& service, const Call& call);
Result<Reply> record_detail(Service& service, const Call& call);
Result<Reply> create_record(Service& service, const Call& call);
Result<Reply> edit_record(Service& service, const Call& call);
Result<Reply> step_record(Service& service, const Call& call);
/// More time for one clock (`sub_id`), with a reason.
Result<Reply> extend_record(Service& service, const Call& call);
/// Correct, reopen, move, migrate, void or restore (`sub_id`), with a reason.
Result<Reply> record_way_out(Service& service, const Call& call);
Result<Reply> see_record_persons(Service& service, const Call& call);

}   // namespace gangmu::app
