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
  std::unique_ptr<Vault> open() { return must(Vault::open(file, secrets, files, GetParam())); }
  static KeySlot must_slot(const std::string& bytes, std::uint32_t number) {
    return slot_of(bytes.substr(key_slot_bytes * (number + 1), key_slot_bytes), number).value();
  }
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
  const std::string key = must_slot(before, 0).key;
  ASSERT_EQ(key.size(), cipher_key_bytes);
  EXPECT_EQ(must(files.read(file)).find(key), std::string::npos);
}

TEST_P(VaultTest, ANewKeyIsOneSlotAtTheEndOneWriteAndOneSyncAndNamesNoSubject) {
  Faults faults;
  FaultyFiles counted(files, faults);
  const auto vault = must(Vault::open(file, secrets, counted, GetParam()));
  const std::int64_t writes = faults.writes(), syncs = faults.syncs();
  must(vault->seal_all(std::vector<Sealing>{{"a", telephone}, {"b", telephone}, {"a", telephone}}));
  EXPECT_EQ(faults.writes() - writes, 1);
  EXPECT_EQ(faults.syncs() - syncs, 1);
  const std::string two = must(files.read(file));
  EXPECT_EQ(two.size(), 3 * key_slot_bytes);
  must(vault->seal(subject, telephone));
  const std::string three = must(files.read(file));
  EXPECT_EQ(three.size(), 4 * key_slot_bytes);
  EXPECT_TRUE(three.starts_with(two)) << "what was there is not written again";
  EXPECT_EQ(three.find(subject), std::string::npos);
  must(vault->seal(subject, telephone));
  EXPECT_EQ(faults.writes() - writes, 2) << "known subjects write nothing";
}

TEST_P(VaultTest, AnotherServerReadsWhatIsNewAlsoAnErasure) {
  const auto writer = open(), reader = open();
  const Bytes first = must(writer->seal("a", telephone)), second = must(writer->seal("b", telephone));
  EXPECT_EQ(must(reader->open("a", first, permit)), "13800000000") << "looked up when it is not known";
  must(writer->erase("a"));
  must(reader->refresh());
  EXPECT_TRUE(reader->erased("a"));
  EXPECT_EQ(must(reader->open("b", second, permit)), "13800000000");
  must(reader->seal("c", telephone));   // it takes over
  must(writer->refresh());
  EXPECT_TRUE(writer->knows("c"));
  must(writer->erase("c"));   // the last slot both know
  must(reader->refresh());
  EXPECT_TRUE(reader->erased("c"));
}

TEST_P(VaultTest, ACutLastSlotIsWrittenOverAndADamagedOneIsNamed) {
  const auto vault = open();
  const Bytes sealed = must(vault->seal("a", telephone));
  must(vault->seal("b", telephone));
  const std::string whole = must(files.read(file));
  for (std::size_t cut = whole.size() - key_slot_bytes; cut < whole.size(); ++cut) {
    must(files.write(file, whole.substr(0, cut), 0600));
    const auto after = open();
    EXPECT_FALSE(after->knows("b")) << cut;
    EXPECT_EQ(must(after->open("a", sealed, permit)), "13800000000");
    const Bytes again = must(after->seal("b", telephone));
    EXPECT_EQ(must(open()->open("b", again, permit)), "13800000000");
    EXPECT_EQ(must(files.read(file)).size() % key_slot_bytes, 0u);
  }
  for (std::size_t at = key_slot_bytes; at < 2 * key_slot_bytes;
       ++at) {   // the first of two groups: no power cut does that
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    must(files.write(file, changed, 0600));
    const auto opened = Vault::open(file, secrets, files);
    ASSERT_FALSE(opened) << at;
    EXPECT_TRUE(opened.error().is(errors::key_file_unreadable));
    EXPECT_NE(opened.error().text(Language::en).find("key 1 "), std::string::npos);
  }
}

TEST_P(VaultTest, AFileOfTheFormBeforeIsReadAndWrittenAnewAtTheFirstChange) {
  const std::string old =
      "gangmu subject keys 1\n"
      "gone\terased\n"
      "task:2:T-001:contact\t" +
      hex(std::string(32, 'k')) + "\n";
  const Bytes sealed{must(store::seal(GetParam(), std::string(32, 'k'), subject, "13800000000", secrets))};
  const auto expect_same = [&](const Vault& vault) {
    EXPECT_TRUE(vault.erased("gone"));
    EXPECT_EQ(must(vault.open(subject, sealed, permit)), "13800000000");
  };
  must(files.write(file, old, 0600));
  const auto vault = open(), other = open();
  expect_same(*vault);
  must(vault->seal(subject, telephone));
  EXPECT_EQ(must(files.read(file)), old) << "reading changes nothing";
  const Bytes fresh = must(vault->seal("new", telephone));
  EXPECT_EQ(must(files.read(file)).size(), 4 * key_slot_bytes);
  const auto later = open();
  for (const Vault* one : {vault.get(), later.get(), other.get()}) {
    expect_same(*one);
    EXPECT_EQ(must(one->open("new", fresh, permit)), "13800000000");
  }
  must(files.write(file, old, 0600));
  must(open()->erase(subject));   // as the first change
  EXPECT_TRUE(open()->erased(subject));
  EXPECT_EQ(must(files.read(file)).find(std::string(32, 'k')), std::string::npos);
  must(files.write(file, "gangmu subject keys 1\nsomebody\tnot hex\n", 0600));
  const auto malformed = Vault::open(file, secrets, files);
  ASSERT_FALSE(malformed);
  EXPECT_NE(malformed.error().text(Language::en).find("line 2"), std::string::npos);
  must(files.write(file, "something else", 0600));
  EXPECT_TRUE(Vault::open(file, secrets, files).error().is(errors::key_file_unreadable));
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
