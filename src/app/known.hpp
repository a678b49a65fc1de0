// SPDX-License-Identifier: Apache-2.0
// "As known at": what figures a reader saw on an earlier day, asked for by `as_known`, a date or a seq.
#pragma once

#include "app/picture.hpp"

namespace gangmu::app {

/// The picture itself when the call does not ask; else one whose cube, sources and seq are those of then, at and below
/// `under` (of one indicator, when named). Places, programme and definitions other than indicators stay those of now.
/// Kept by (frame, seq) for the next reader. Errors: query_malformed, known_too_much.
Result<Picture> as_known(Service& service, const Picture& now, const Call& call, place::NodeIndex under,
                         const std::string& indicator = {});

namespace wire {
/// Member `known`: {seq, at} of the last entry that counted; absent unless asked for.
void known(JsonWriter& out, const Picture& now, const Picture& then);
}   // namespace wire

}   // namespace gangmu::app
