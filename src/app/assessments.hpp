// SPDX-License-Identifier: Apache-2.0
// Use cases about assessments; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> schemes(Service& service, const Call& call);
Result<Reply> assessments(Service& service, const Call& call);
Result<Reply> assessment(Service& service, const Call& call);
Result<Reply> explain_assessment(Service& service, const Call& call);
Result<Reply> run_assessment(Service& service, const Call& call);

}  // namespace gangmu::app
