// SPDX-License-Identifier: Apache-2.0
// Personal data (a person's name, telephone, identity number). A Personal<T> can't be logged, formatted, compared or
// serialised: only an UnmaskPermit opens it, and a permit is made where a right was checked and logged. In tables,
// journal and backups it exists only as ciphertext under the subject's key (store/vault.hpp).
#pragma once

#include <string>
#include <utility>

namespace gangmu {

/// Leave to see personal data in the clear. Made only by `grant`, whose callers are listed by a test.
class UnmaskPermit {
 public:
  static UnmaskPermit grant(std::string actor, std::string reason) { return {std::move(actor), std::move(reason)}; }
  [[nodiscard]] const std::string& actor() const { return actor_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  UnmaskPermit(std::string actor, std::string reason) : actor_(std::move(actor)), reason_(std::move(reason)) {}
  std::string actor_;
  std::string reason_;
};

template <class T>
class Personal {
 public:
  Personal() = default;
  explicit Personal(T value) : value_(std::move(value)) {}
  [[nodiscard]] const T& open(const UnmaskPermit&) const { return value_; }
  [[nodiscard]] bool empty() const { return value_ == T{}; }

  bool operator==(const Personal&) const = delete;
  template <class Stream>
  friend Stream& operator<<(Stream&, const Personal&) = delete;

 private:
  T value_{};
};

}   // namespace gangmu
