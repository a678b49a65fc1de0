// SPDX-License-Identifier: Apache-2.0
#include "store/vault.hpp"

#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

const Personal<std::string> telephone(std::string("13800000000"));
const std::string subject = "task:2:T-001:contact";
const UnmaskPermit permit = UnmaskPermit::grant("clerk", "test");

struct VaultTest : ::testing::TestWithParam<Cipher> {
  void SetUp() override { must(Vault::create(file, files)); }
  TestFolder folder;
  TestSecrets secrets{3};
  SystemFiles files;
  std::filesystem::path file = folder.path() / "subjects.keys";
  std::unique_ptr<Vault> open() { return *Vault::open(file, secrets, files, GetParam()); }
};

TEST_P(VaultTest, OpensWhatItSealedAlsoAfterARestart) {
  const Bytes sealed = must(open()->seal(subject, telephone));
  EXPECT_EQ(sealed.data[0], static_cast<char>(GetParam())) << "the algorithm stands beside the ciphertext";
  EXPECT_EQ(sealed.data.find("138000"), std::string::npos);
  EXPECT_EQ(must(open()->open(subject, sealed, permit)), "13800000000");
}

TEST_P(VaultTest, SealsDifferentlyEachTime) {
  const auto vault = open();
  EXPECT_NE(must(vault->seal(subject, telephone)), must(vault->seal(subject, telephone)));
}

TEST_P(VaultTest, ManyAreSealedInOrderAndAllOrNone) {
  const auto vault = open();
  const std::vector<Sealing> all{
      {"a", telephone}, {"b", Personal<std::string>(std::string("13900000000"))}, {"a", telephone}};
  const std::vector<Bytes> sealed = must(vault->seal_all(all));
  ASSERT_EQ(sealed.size(), 3u);
  EXPECT_EQ(must(open()->open("b", sealed[1], permit)), "13900000000");
  EXPECT_EQ(must(open()->open("a", sealed[2], permit)), "13800000000");
  must(vault->erase("b"));
  EXPECT_TRUE(vault->seal_all(all).error().is(errors::subject_erased));
  EXPECT_TRUE(must(vault->seal_all({})).empty());
}

TEST_P(VaultTest, AChangedByteOrAnotherSubjectIsRefused) {
  const auto vault = open();
  const Bytes sealed = must(vault->seal(subject, telephone));
  must(vault->seal("other", telephone));
  EXPECT_TRUE(vault->open("other", sealed, permit).error().is(errors::sealed_malformed));
  for (std::size_t i = 0; i < sealed.data.size(); ++i) {
    Bytes changed = sealed;
    changed.data[i] = static_cast<char>(changed.data[i] ^ 1);
    EXPECT_FALSE(vault->open(subject, changed, permit)) << "byte " << i;
    changed.data.resize(i);
    EXPECT_FALSE(vault->open(subject, changed, permit)) << "cut to " << i;
  }
}

TEST_P(VaultTest, ErasedIsErasedForGood) {
  const auto vault = open();
  const Bytes sealed = must(vault->seal(subject, telephone));
  const std::string before = must(files.read(file));
  must(vault->erase(subject));
  EXPECT_TRUE(vault->open(subject, sealed, permit).error().is(errors::subject_erased));
  EXPECT_TRUE(vault->seal(subject, telephone).error().is(errors::subject_erased));
  const auto again = open();
  EXPECT_TRUE(again->erased(subject));
  EXPECT_TRUE(again->open(subject, sealed, permit).error().is(errors::subject_erased));
  const std::string key = before.substr(before.find('\t') + 1, 64);
  EXPECT_EQ(must(files.read(file)).find(key), std::string::npos);
}

TEST_P(VaultTest, AMalformedKeyFileIsNamedWithItsLine) {
  must(files.write(file, "gangmu subject keys 1\nsomebody\tnot hex\n", 0600));
  const auto vault = Vault::open(file, secrets, files);
  ASSERT_FALSE(vault);
  EXPECT_NE(vault.error().text(Language::en).find("line 2"), std::string::npos);
}

TEST_P(VaultTest, AKeyFileThatIsGoneIsToldAndNotReplaced) {
  must(open()->seal(subject, telephone));
  must(Vault::create(file, files));
  EXPECT_TRUE(open()->knows(subject)) << "a file that is there stays";
  must(open()->erase("somebody"));
  EXPECT_TRUE(open()->knows("somebody"));
  EXPECT_FALSE(open()->knows("nobody"));
  must(files.remove(file));
  const auto vault = Vault::open(file, secrets, files);
  ASSERT_FALSE(vault);
  EXPECT_TRUE(vault.error().is(errors::key_file_missing));
  EXPECT_FALSE(files.exists(file));
}

TEST_P(VaultTest, SubjectsAreBounded) {
  const auto vault = open();
  EXPECT_FALSE(vault->seal("", telephone));
  EXPECT_FALSE(vault->seal("a\tb", telephone));
  EXPECT_FALSE(vault->seal(std::string(201, 'x'), telephone));
}

INSTANTIATE_TEST_SUITE_P(Ciphers, VaultTest, ::testing::Values(Cipher::aes_256_gcm, Cipher::sm4_sm3),
                         [](const auto& one) {
                           return one.param == Cipher::aes_256_gcm ? std::string("aes") : std::string("sm4");
                         });

TEST(VaultCiphers, AStoreThatChangesItsAlgorithmOpensWhatItSealedBefore) {
  const TestFolder folder;
  TestSecrets secrets{3};
  SystemFiles files;
  const auto file = folder.path() / "subjects.keys";
  must(Vault::create(file, files));
  const Bytes sealed = must(must(Vault::open(file, secrets, files, Cipher::aes_256_gcm))->seal(subject, telephone));
  const auto national = must(Vault::open(file, secrets, files, Cipher::sm4_sm3));
  EXPECT_EQ(must(national->open(subject, sealed, permit)), "13800000000");
  EXPECT_EQ(must(national->open(subject, must(national->seal(subject, telephone)), permit)), "13800000000");
}

/// Made with another program: openssl enc -sm4-ctr and Python's hmac over hashlib's sm3.
TEST(VaultCiphers, Sm4WithSm3GivesWhatOthersCompute) {
  struct Fixed final : SecretSource {
    std::string bytes(std::size_t n) override { return std::string(n, '\x5a'); }
  } fixed;
  std::string key;
  for (int i = 0; i < 32; ++i) key += static_cast<char>(i);
  const std::string sealed = must(seal(Cipher::sm4_sm3, key, "task:2:T-001", "13800000000", fixed));
  EXPECT_EQ(hex(sealed),
            "025a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5ae6d7fc463a976c32774aa823490a908617da9fe9185d457f0d3cf8619cc8b68401a017d0"
            "8d5822b8a81145");
  EXPECT_EQ(must(unseal(key, "task:2:T-001", sealed)), "13800000000");
}

}   // namespace
}   // namespace gangmu::store::test
