// SPDX-License-Identifier: Apache-2.0
// Figures of all periods under one frame, asked for by `frame`: "today" or a date. Without it each period is told in
// its own.
#pragma once

#include "app/picture.hpp"
#include "fact/one_frame.hpp"

namespace gangmu::app {

/// Whether the call asks for one.
bool asks_for_frame(const Call& call);

/// The frame asked for, of a picture that may be one of an earlier seq; null when none is. How its places came about is
/// kept for the next reader while places stay as they are. Error: query_malformed.
Result<std::shared_ptr<const fact::OneFrame>> frame_asked(Service& service, const Picture& picture, const Call& call);

/// For the last column of a table: how a figure came about that nobody entered.
std::string how_told(const fact::FramedFigure& told);

namespace wire {
/// Member `frame`: {on, there}, whether the place was there; absent unless asked for.
void frame(JsonWriter& out, const fact::OneFrame* frame, PlaceId place);
}   // namespace wire

}   // namespace gangmu::app
