// SPDX-License-Identifier: Apache-2.0
// Every limit of the HTTP floor with its default, in one place. A refusal names the limit and its value. Sizes in
// bytes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gangmu::http {

struct Config {
  std::string address =
      "localhost";                  ///< localhost (127.0.0.1, and ::1 where the machine has it) or a loopback address
  std::vector<std::string> names;   ///< host names answered to beside this machine's own ("gangmu.example.gov.cn")
  bool secure = false;              ///< browsers come over TLS: cookies are Secure, pages insist on TLS
  bool beyond_loopback = false;     ///< other addresses may be listened on: accounts and TLS are there
  std::vector<std::string> trusted_proxies;   ///< addresses whose X-Forwarded-For is believed
  std::vector<std::string> admin_networks;    ///< where administrators may come from; empty: anywhere
  std::string certificate;       ///< PEM file, the server's first, then its chain: TLS ends here; empty: no TLS
  std::string certificate_key;   ///< PEM file of its private key
  std::string servers_ca;   ///< PEM file: who vouches for the other servers of a store, which come over TLS; empty: the
                            ///< machine's own list
  std::uint16_t port = 8080;          ///< 0: any free one
  bool handle_signals = true;         ///< SIGINT and SIGTERM end the server gracefully
  std::size_t store_threads = 4;      ///< threads that run use cases; the event loop has one of its own
  std::size_t dear_threads = 1;       ///< for what takes long, beside them: stress tests, lifts, figures as known then,
                                      ///< exports, imports, assessments; fewer than the store's read_connections
  std::size_t sign_in_threads = 2;    ///< that check passwords
  std::size_t provider_threads = 2;   ///< that speak to a provider of sign-ins
  std::size_t relay_threads = 8;      ///< that speak to the server that writes

  std::size_t header_bytes = 16 * 1024;           ///< request line and header fields together
  std::size_t header_fields = 64;                 ///< how many of them
  std::size_t target_bytes = 4 * 1024;            ///< path and query
  std::size_t parameter_bytes = 512;              ///< one query value, decoded
  std::size_t small_bytes = 64 * 1024;            ///< bodies and answers up to this count for nothing below
  std::size_t uploading_bytes = 128u << 20;       ///< of larger bodies, received so far, all connections together
  std::size_t uploading_bytes_each = 64u << 20;   ///< the same of one account or address
  std::size_t sending_bytes = 256u << 20;         ///< of larger answers that wait for their readers
  std::size_t sending_bytes_each = 64u << 20;     ///< the same of one account or address
  std::size_t send_buffer_bytes = 128 * 1024;     ///< of each connection, in the system: what nobody reads lies there
  std::size_t connections = 4096;                 ///< open at a time; fewer where the system grants fewer descriptors
  std::size_t connections_each = 1024;   ///< of one address (IPv6: of one /64) that is no trusted proxy; half of all at
                                         ///< most
  std::size_t descriptors_kept = 128;    ///< of those the system grants: for the stores and their files
  std::size_t in_flight = 1024;          ///< requests whose body is here, waiting for a thread or on it
  std::size_t in_flight_each = 256;      ///< the same of one account or address
  std::size_t dear = 512;                ///< of those, what takes long
  std::size_t dear_each = 64;            ///< the same of one account or address
  std::size_t streams = 1024;            ///< open change streams
  std::size_t streams_each = 64;         ///< the same of one account or address
  std::int64_t seq_ahead = 10'000;       ///< a read may wait for an entry that far from the newest
  std::size_t gzip_from_bytes = 1024;    ///< smaller answers are sent as they are
  std::size_t kept_bytes = 64u << 20;   ///< answers kept for the next reader, all together; one takes an eighth at most

  std::chrono::milliseconds idle{60'000};          ///< a kept connection without a request
  std::chrono::milliseconds header_read{10'000};   ///< from the first byte to the end of the header
  std::chrono::milliseconds body_read{60'000};     ///< from the end of the header to the end of the body
  std::chrono::milliseconds write{60'000};         ///< one answer
  std::chrono::milliseconds stall{20'000};         ///< of these two without a byte
  std::size_t pace_bytes = 16 * 1024;              ///< and so many bytes buy each of them another second
  std::chrono::milliseconds patience{1'000};       ///< without a byte, after which a body or answer gives way to others
  std::chrono::milliseconds min_seq{2'000};        ///< a read waits for the entry it asks for
  std::chrono::milliseconds linger{1'000};         ///< reading on after a refusal, so that the peer can see the answer
  std::chrono::milliseconds stop{5'000};           ///< for requests under way when the server is told to end
  std::chrono::milliseconds heartbeat{15'000};     ///< comment line in a quiet change stream
  std::chrono::milliseconds relay{
      15'000};   ///< a write tried at the server that writes, while that one may be changing
  std::chrono::milliseconds relay_pause{50};   ///< between two tries
  std::chrono::milliseconds upkeep{30'000};    ///< how often clocks of records are looked at; old request keys daily
  std::chrono::milliseconds poll{250};         ///< look for changes, where the platform offers no subscription

  std::string version = "0.1.0";   ///< of the program; part of every ETag, since an upgrade may change an answer
  std::function<void(std::string_view line)>
      log;   ///< one JSON line a request, on the loop's thread; see access_log.hpp
};

}   // namespace gangmu::http
