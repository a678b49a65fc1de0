// SPDX-License-Identifier: Apache-2.0
// Use cases about tasks; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> tasks(Service& service, const Call& call);
Result<Reply> task(Service& service, const Call& call);
Result<Reply> report_progress(Service& service, const Call& call);
Result<Reply> request_close(Service& service, const Call& call);
Result<Reply> close_task(Service& service, const Call& call);
Result<Reply> return_task(Service& service, const Call& call);
Result<Reply> reopen_task(Service& service, const Call& call);

}   // namespace gangmu::app
