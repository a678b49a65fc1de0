// SPDX-License-Identifier: Apache-2.0
// The power goes while keys are made and erased, or a write or sync fails: whatever was acknowledged holds afterwards.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>

#include "store/errors.hpp"
#include "store/test_disk.hpp"
#include "store/test_world.hpp"
#include "store/vault.hpp"

namespace gangmu::store::test {
namespace {

const UnmaskPermit permit = UnmaskPermit::grant("clerk", "test");
const std::string keys = "subjects.keys";

/// What was answered so far: what is sealed under whom, and who is erased.
struct Answered {
  std::map<std::string, Bytes> sealed;
  std::map<std::string, bool> erased;

  /// `begun`: the act under way may or may not have happened.
  void expect_held(const Vault& vault, const std::string& begun, const std::string& where) const {
    for (const auto& [subject, bytes] : sealed) {
      const auto opened = vault.open(subject, bytes, permit);
      if (erased.contains(subject)) {
        ASSERT_FALSE(opened) << where << ": " << subject;
        ASSERT_TRUE(opened.error().is(errors::subject_erased)) << where << ": " << subject;
      } else if (subject != begun || opened) {
        ASSERT_TRUE(opened) << where << ": " << subject << ": " << opened.error().text(Language::en);
        ASSERT_EQ(*opened, "of " + subject);
      } else {
        ASSERT_TRUE(opened.error().is(errors::subject_erased)) << where;
      }
    }
  }
};

struct VaultCrash : ::testing::Test {
  TestFolder folder, other;
  TestSecrets secrets{7};
  SystemFiles files;
  Faults faults;
  FaultyFiles faulty{files, faults};
  Random random{11};
  int made = 0;

  std::vector<Sealing> some() {
    std::vector<Sealing> out;
    for (std::uint64_t n = 1 + random.below(30); n > 0; --n) {
      const std::string subject = "subject:" + std::to_string(made++);
      out.push_back({subject, Personal<std::string>("of " + subject)});
    }
    return out;
  }
  /// Seals or erases; what is answered is noted. Returns whom it erases.
  std::string act(Vault& vault, Answered& answered, std::string begun = {}) {
    if (begun.empty() && (answered.sealed.empty() || random.chance(0.7))) {
      const auto all = some();
      const auto sealed = vault.seal_all(all);
      if (sealed)
        for (std::size_t i = 0; i < all.size(); ++i) answered.sealed[all[i].subject] = (*sealed)[i];
      return {};
    }
    if (begun.empty())
      begun = std::next(answered.sealed.begin(), static_cast<long>(random.below(answered.sealed.size())))->first;
    if (vault.erase(begun)) {
      answered.erased[begun] = true;
      return {};
    }
    return begun;
  }
};

TEST_F(VaultCrash, AfterAPowerCutEveryKeyThatWasUsedIsThereAndNoErasedOneIs) {
  const auto file = folder.path() / keys;
  must(files.write(file, "gangmu subject keys 1\nold\terased\n", 0600));   // the rewriting is cut as well
  TestDisk before;
  before.load(folder.path());
  faults.record(folder.path());
  struct Moment {
    std::size_t events;
    Answered answered;
    std::string erasing;
  };
  std::vector<Moment> moments{{0, {}, {}}};
  {
    const auto vault = must(Vault::open(file, secrets, faulty));
    Answered answered;
    for (int i = 0; i < 40; ++i) {
      const Answered start = answered;
      act(*vault, answered);
      for (const auto& [subject, _] : answered.erased)
        if (!start.erased.contains(subject)) moments.back().erasing = subject;
      moments.push_back({faults.recorded_count(), answered, {}});
    }
  }
  const auto events = faults.recorded();
  const char* asked = std::getenv("GANGMU_POWER_CUTS");
  const std::uint64_t points = asked ? std::strtoull(asked, nullptr, 10) : 150;
  int spoilt = 0;
  for (std::uint64_t point = 0; point < points; ++point) {
    const std::size_t cut = point < events.size() ? point : random.below(events.size() + 1);
    TestDisk disk = before;
    for (std::size_t i = 0; i < cut; ++i) disk.apply(events[i]);
    disk.cut(random, std::vector<double>{0.0, 0.5, 0.9, 1.0}[random.below(4)]);
    disk.write_to(other.path());
    const Moment* last = moments.data();
    for (const Moment& moment : moments)
      if (moment.events <= cut) last = &moment;
    const std::string where = "cut at " + std::to_string(cut);
    const std::string bytes = must(files.read(other.path() / keys));
    if (bytes.size() % key_slot_bytes != 0) ++spoilt;
    const auto opened = Vault::open(other.path() / keys, secrets, files);
    ASSERT_TRUE(opened) << where << ": " << opened.error().text(Language::en);
    last->answered.expect_held(**opened, last->erasing, where);
    EXPECT_TRUE((*opened)->erased("old")) << where;
    const Bytes more = must((*opened)->seal("after", Personal<std::string>(std::string("it"))));   // and it goes on
    must((*opened)->erase("after too"));
    const auto again = must(Vault::open(other.path() / keys, secrets, files));
    EXPECT_EQ(must(again->open("after", more, permit)), "it") << where;
    EXPECT_TRUE(again->erased("after too"));
    last->answered.expect_held(*again, last->erasing, where);
  }
  std::printf("power cuts: %d points of %zu events, %d left a cut slot\n", static_cast<int>(points), events.size(),
              spoilt);
}

/// Slots of one group kept in any combination: a file grown by the write, some of its sectors never written.
TEST_F(VaultCrash, HolesInTheLastGroupAreNoDamageAndTheNextWriteFillsThem) {
  const auto file = folder.path() / keys;
  must(Vault::create(file, files));
  Answered answered;
  {
    const auto vault = must(Vault::open(file, secrets, files));
    for (int i = 0; i < 5; ++i) act(*vault, answered);
  }
  const std::string sound = must(files.read(file));
  std::vector<Sealing> group;
  for (int i = 0; i < 64; ++i) group.push_back({"last:" + std::to_string(i), Personal<std::string>(std::string("x"))});
  must(must(Vault::open(file, secrets, files))->seal_all(group));
  const std::string whole = must(files.read(file));
  for (int trial = 0; trial < 60; ++trial) {
    std::string bytes = whole;
    for (std::size_t sector = (sound.size() + 511) / 512 * 512; sector + 512 <= bytes.size(); sector += 512)
      if (random.chance(0.5)) bytes.replace(sector, 512, 512, '\0');
    must(files.write(file, bytes, 0600));
    auto vault = must(Vault::open(file, secrets, files));
    answered.expect_held(*vault, {}, "first");
    const auto sealed = must(vault->seal_all(group));
    for (const std::uint64_t one : {random.below(64), random.below(64)}) must(vault->erase(group[one].subject));
    vault = must(Vault::open(file, secrets, files));
    answered.expect_held(*vault, {}, "again");
    for (std::size_t i = 0; i < group.size(); ++i)
      EXPECT_TRUE(vault->erased(group[i].subject) || must(vault->open(group[i].subject, sealed[i], permit)) == "x");
  }
}

TEST_F(VaultCrash, AfterAFailedWriteOrSyncTheNextChangeWritesItAgain) {
  const auto file = folder.path() / keys;
  for (int trial = 0; trial < 60; ++trial) {
    if (trial % 3 == 0)
      must(files.write(file, "gangmu subject keys 1\n", 0600));
    else if (trial % 3 == 1)
      must(files.write(file, key_file_header(), 0600));
    faults.clear();
    const auto vault = must(Vault::open(file, secrets, faulty));
    Answered answered;
    std::string begun;
    for (int i = 0; i < 12; ++i) {
      if (random.chance(0.3)) random.chance(0.5) ? faults.fail_sync_after(0) : faults.fail_write_after(0);
      if (random.chance(0.1)) faults.fill_disk_after(static_cast<std::int64_t>(random.below(200)));
      begun = act(*vault, answered, begun);   // an erasure that failed is asked for again
      if (random.chance(0.5)) faults.clear();
    }
    faults.clear();
    const bool repeated = begun.empty() || act(*vault, answered, begun).empty();
    EXPECT_TRUE(repeated);
    answered.expect_held(*vault, {}, "the same program");
    must(vault->seal("one more", Personal<std::string>(std::string("it"))));
    answered.expect_held(*must(Vault::open(file, secrets, files)), {}, "the next program");
  }
}

/// After a sync that failed the kernel may show what is not on the disk: a key seen there is written again before use.
TEST_F(VaultCrash, NothingIsSealedUnderAKeyThatAFailedSyncLeft) {
  const auto file = folder.path() / keys;
  must(Vault::create(file, files));
  const auto vault = must(Vault::open(file, secrets, faulty));
  TestDisk disk;
  disk.load(folder.path());
  faults.record(folder.path());
  faults.fail_sync_after(0);
  const Personal<std::string> value(std::string("it"));
  ASSERT_FALSE(vault->seal("a", value));
  const std::size_t lost = faults.recorded_count();   // the failed sync kept nothing of what came before it
  must(vault->refresh());
  EXPECT_TRUE(vault->knows("a")) << "the file shows it";
  const Bytes sealed = must(vault->seal("a", value));
  const auto events = faults.recorded();
  for (std::size_t i = lost; i < events.size(); ++i) disk.apply(events[i]);
  disk.cut(random, 0.0);
  disk.write_to(other.path());
  EXPECT_EQ(must(must(Vault::open(other.path() / keys, secrets, files))->open("a", sealed, permit)), "it");
}

}   // namespace
}   // namespace gangmu::store::test
