// SPDX-License-Identifier: Apache-2.0
// A write on one of several servers of a store. Where this server writes it is done here; where another does, the
// request goes on to that one with its request key and whoever asks (cookie), and is answered when this server shows
// the result, or not at all: one reads one's own writes. While the writer changes the request is tried again: its key
// makes that safe. This says what to do next and keeps nobody waiting itself: pauses and waits
// are the caller's, on the event loop.
#pragma once

#include <optional>
#include <string_view>

#include "http/config.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/site.hpp"

namespace gangmu::http {

/// Header of an answer to a write: the seq of its entry.
inline constexpr std::string_view seq_header = "Gangmu-Seq";

class Relay {
 public:
  /// Precondition: the programme has a seat (Backend::seat). All four outlive the relay.
  Relay(const Backend& backend, const Config& config, const Request& request, const app::Call& call);

  /// here: do the write on this server, then answered(). ask: answered(ask()), on a thread that may wait.
  /// pause: Config::relay_pause. wait: until awaited() is shown here or left() is over, then shown(). done: take().
  enum class Step { here, ask, pause, wait, done };
  Step next();
  [[nodiscard]] Result<Response> ask() const;
  void answered(Result<Response> answer);
  [[nodiscard]] Seq awaited() const { return awaited_; }
  [[nodiscard]] std::chrono::milliseconds left() const;
  void shown(bool in_time);
  [[nodiscard]] Response take() { return std::move(*answer_); }

 private:
  const Backend& backend_;
  const Config& config_;
  const Request& request_;
  const app::Call& call_;
  bool relayed_;   ///< by another server; it is not sent on again
  long long deadline_;
  Seat seat_;
  bool tried_ = false;
  Seq awaited_;                      ///< none: 0
  std::optional<Error> why_;         ///< the first fault since a writer was heard of: the last try has too little time
                                     ///< left to meet more than its end
  std::optional<Response> answer_;   ///< to be given when what it tells of is shown
};

}   // namespace gangmu::http
