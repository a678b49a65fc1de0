// SPDX-License-Identifier: Apache-2.0
// A write on one of several servers of a store. Where this server writes it is done here; where another does, the
// request goes on to that one with its request key and whoever asks (cookie), and is answered when this server shows
// the result, or not at all: one reads one's own writes. While the writer changes the request is tried again: its key
// makes that safe.
#pragma once

#include <functional>

#include "http/config.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/site.hpp"

namespace gangmu::http {

/// Header of an answer to a write: the seq of its entry.
inline constexpr std::string_view seq_header = "Gangmu-Seq";

/// `here` does the write on this server. Precondition: the programme has a seat (Backend::seat). Blocks, Config::relay
/// at most.
Response relay(const Backend& backend, const Config& config, const Request& request, const app::Call& call,
               const std::function<Response()>& here);

}   // namespace gangmu::http
