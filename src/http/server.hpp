// SPDX-License-Identifier: Apache-2.0
// The server: sockets, time limits and counts around a Site. One thread runs the event loop (the caller's, in run());
// use cases run on a small pool, so a slow one never holds up the others. Beyond this machine only with accounts and
// TLS.
//
//   Server server(backend_of(service), embedded_assets(), config, {clock, secrets});
//   TRY(server.listen());              // errors: address_malformed, address_not_loopback, address_unusable
//   print(server.addresses());
//   server.run();                      // until SIGINT, SIGTERM or stop(); finishes what is under way
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/random.hpp"
#include "http/assets.hpp"
#include "http/config.hpp"
#include "http/site.hpp"

namespace gangmu::http {

class Server {
 public:
  struct System {
    const Clock& clock;
    SecretSource& secrets;
  };

  Server(Backend backend, const std::vector<Asset>& assets, Config config, System system);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  Status listen();
  void run();                                                 ///< once, after listen()
  void stop();                                                ///< from any thread; run() returns when all is finished
  [[nodiscard]] std::uint16_t port() const;                   ///< after listen()
  [[nodiscard]] std::vector<std::string> addresses() const;   ///< "http://127.0.0.1:8080/"

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}   // namespace gangmu::http
