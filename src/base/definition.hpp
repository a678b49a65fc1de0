// SPDX-License-Identifier: Apache-2.0
// Definitions are versioned one way: whatever a programme lays down (indicator, scheme, track, pairing, phase, source,
// post, target, calendar …) is an immutable (kind, id, version, valid_from, canonical bytes, digest). Publishing a
// change makes the next version; nothing changes in place; retiring is a version that says `retired`.
#pragma once

#include <string>

#include "base/date.hpp"
#include "base/digest.hpp"
#include "base/json.hpp"

namespace gangmu {

struct Definition {
  std::string kind;   ///< "indicator", "scheme", "track" …
  std::string id;     ///< unique within the kind
  int version = 1;
  Date valid_from{};
  bool retired = false;
  Json body;   ///< its canonical() is what is stored and digested

  [[nodiscard]] Digest digest() const { return gangmu::digest(body.canonical()); }
};

}   // namespace gangmu
