// SPDX-License-Identifier: Apache-2.0
// A variation in and out of JSON (or YAML with the same fields); what is left out is not varied:
//
//   weights: noise                # given noise dirichlet ordered
//   spread: 25                    # noise, per cent
//   concentration: 0              # dirichlet; 0: uniform on the simplex
//   normalisation: [given, min_max, z, percentile, peer]
//   treatment: [given, none, winsorise, log]
//   aggregation: [given, arithmetic, geometric, harmonic, min]
//   inclusion: true
//   imputed: 100                  # per cent of the column's standard deviation
//   thresholds: true
//   measurement: 1                # per cent of the figure
//   sampling: true                # of surveys, by how many were asked
#pragma once

#include "base/json.hpp"
#include "score/robustness.hpp"

namespace gangmu::score {

/// Errors, all at once: scheme_field_unknown, scheme_value_unknown, scheme_number_outside, scheme_field_kind.
Result<Variation> variation_from_json(const Json& document, const PositionOf& where = {});
Json to_json(const Variation& variation);

}   // namespace gangmu::score
