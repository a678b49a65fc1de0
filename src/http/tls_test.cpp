// SPDX-License-Identifier: Apache-2.0
// What the server's own TLS agrees to.
#include <gtest/gtest.h>

#include <openssl/ssl.h>

#include <memory>

#include "http/test_certificate.hpp"
#include "http/testing.hpp"

namespace gangmu::http::testing {
namespace {

/// The suite agreed upon with a client of TLS 1.2 that offers these; "refused".
std::string suite_of_1_2(std::uint16_t port, const char* offered) {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
  EXPECT_EQ(SSL_CTX_set_cipher_list(context.get(), offered), 1) << offered << ": not known here at all";
  const std::unique_ptr<SSL, void (*)(SSL*)> session(SSL_new(context.get()), SSL_free);
  BIO* connection = BIO_new_connect(("127.0.0.1:" + std::to_string(port)).c_str());
  SSL_set_bio(session.get(), connection, connection);   // takes it
  return SSL_connect(session.get()) == 1 ? SSL_get_cipher_name(session.get()) : "refused";
}

TEST(Tls, Of1Point2AgreesOnForwardSecretSuitesThatAuthenticateOnly) {
  const TestCertificate certificate("rsa:2048");
  const Running running(certificate.config());
  for (const char* suite :
       {"ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305"})
    EXPECT_EQ(suite_of_1_2(running.port(), suite), suite);
  for (const char* no_key_of_its_own : {"AES128-SHA", "AES256-SHA256", "AES128-GCM-SHA256", "AES256-GCM-SHA384"})
    EXPECT_EQ(suite_of_1_2(running.port(), no_key_of_its_own), "refused") << no_key_of_its_own;
  for (const char* cbc : {"ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384", "DHE-RSA-AES128-SHA256"})
    EXPECT_EQ(suite_of_1_2(running.port(), cbc), "refused") << cbc;
}

TEST(Tls, WithAKeyOnACurveToo) {
  const TestCertificate certificate;
  const Running running(certificate.config());
  EXPECT_EQ(suite_of_1_2(running.port(), "ECDHE-ECDSA-AES128-GCM-SHA256"), "ECDHE-ECDSA-AES128-GCM-SHA256");
  EXPECT_EQ(suite_of_1_2(running.port(), "ECDHE-ECDSA-AES128-SHA256"), "refused");
}

}   // namespace
}   // namespace gangmu::http::testing
