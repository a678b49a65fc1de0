// SPDX-License-Identifier: Apache-2.0
// Signing in through an OpenID Connect provider (authorisation code with PKCE: RFC 6749 4.1, RFC 7636; discovery and
// keys: OpenID Connect Discovery 1.0). What was begun is remembered for five minutes, in memory, so many an address
// that an office fits in; whoever begins more takes the place of their own oldest. Addresses and keys are kept for an
// hour. The network is the caller's: `fetch` gets an address, or posts a form to it. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace gangmu::app {

struct ProviderConfig {
  std::string issuer;          ///< "https://id.example.gov.cn"
  std::string client;          ///< our client_id
  std::string secret{};        ///< empty: a public client, PKCE alone
  std::string origin;          ///< of our own pages, for the way back: "https://gangmu.example.gov.cn"
  std::string claim = "sub";   ///< names the account: equal to its sign-in name
};

class Provider {
 public:
  using Fetch = std::function<Result<std::string>(const std::string& url, const std::optional<std::string>& form)>;
  Provider(ProviderConfig config, Fetch fetch) : config_(std::move(config)), fetch_(std::move(fetch)) {}

  struct Begun {
    std::string url, state;   ///< where the browser goes; what it must bring back
  };
  /// Errors: provider_failed.
  Result<Begun> begin(const std::string& programme, const std::string& peer, SecretSource& secrets, Instant now);

  struct Person {
    std::string login;     ///< value of the claim
    std::string subject;   ///< "issuer|sub": never given to another person
  };
  /// Once a state. Errors: provider_failed, provider_refused.
  Result<Person> finish(const std::string& programme, const std::string& state, const std::string& code, Instant now);

 private:
  struct Pending {
    std::string programme, peer, verifier, nonce;
    Instant until;
  };
  struct Kept {
    Json value;
    Instant until{};
  };
  Result<Json> document(Kept& kept, const std::string& url, Instant now);
  Result<Json> addresses(Instant now);
  void keep(const std::string& state, Pending pending, Instant now);
  void drop_oldest_of(const std::string& peer);
  [[nodiscard]] std::string way_back(const std::string& programme) const;

  ProviderConfig config_;
  Fetch fetch_;
  std::mutex mutex_;
  std::map<std::string, Pending> pending_;
  Kept addresses_, keys_;
};

}   // namespace gangmu::app
