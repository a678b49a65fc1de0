// SPDX-License-Identifier: Apache-2.0
// Use cases about assessments; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> schemes(Service& service, const Call& call);
Result<Reply> assessments(Service& service, const Call& call);
Result<Reply> assessment(Service& service, const Call& call);
Result<Reply> explain_assessment(Service& service, const Call& call);   // assessment_explanation.cpp
Result<Reply> lift(Service& service, const Call& call);                 // assessment_lift.cpp
Result<Reply> robustness(Service& service, const Call& call);           // robustness.cpp, like the next
Result<Reply> sensitivity(Service& service, const Call& call);
Result<Reply> what_if(Service& service, const Call& call);   // what_if.cpp
Result<Reply> run_assessment(Service& service, const Call& call);

}   // namespace gangmu::app
