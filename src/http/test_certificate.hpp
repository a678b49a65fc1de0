// SPDX-License-Identifier: Apache-2.0
// A certificate for localhost that vouches for itself, in a folder that ends with the test.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "http/config.hpp"

namespace gangmu::http::testing {

class TestCertificate {
 public:
  /// The kind of key as `openssl req -newkey` names it.
  explicit TestCertificate(const std::string& kind = "ec -pkeyopt ec_paramgen_curve:P-256") {
    std::string name = (std::filesystem::temp_directory_path() / "gangmu-tls-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    const std::string make = "openssl req -x509 -newkey " + kind +
                             " -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
                             key() + " -out " + file() + " 2>/dev/null";
    EXPECT_EQ(std::system(make.c_str()), 0);
  }
  ~TestCertificate() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  [[nodiscard]] std::string file() const { return (folder_ / "cert.pem").string(); }
  [[nodiscard]] std::string key() const { return (folder_ / "key.pem").string(); }
  /// Of a server that ends TLS with it.
  [[nodiscard]] Config config() const {
    Config out;
    out.certificate = file();
    out.certificate_key = key();
    out.secure = true;
    return out;
  }

 private:
  std::filesystem::path folder_;
};

}   // namespace gangmu::http::testing
