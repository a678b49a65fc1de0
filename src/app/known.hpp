// SPDX-License-Identifier: Apache-2.0
// "As known at": what figures a reader saw on an earlier day, asked for by `as_known`, a date or a seq.
#pragma once

#include "app/picture.hpp"

namespace gangmu::app {

/// The picture itself when the call does not ask; else one whose places, cube, sources and seq are those of then, at
/// and below `under` (of one indicator, when named). Its nodes are those of its own tree: `in_then` finds them.
/// Programme and definitions other than indicators stay those of now. Kept by seq for the next reader. Errors:
/// query_malformed, known_too_much.
Result<Picture> as_known(Service& service, const Picture& now, const Call& call, place::NodeIndex under,
                         const std::string& indicator = {});

/// The node of a place in the tree of another picture; no_node when it was not there.
place::NodeIndex in_then(const Picture& now, place::NodeIndex node, const Picture& then);

namespace wire {
/// Member `known`: {seq, at} of the last entry that counted; absent unless asked for.
void known(JsonWriter& out, const Picture& now, const Picture& then);
}   // namespace wire

}   // namespace gangmu::app
