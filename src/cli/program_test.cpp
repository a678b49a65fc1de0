// SPDX-License-Identifier: Apache-2.0
// Commands as they are typed, on a small store: what they say in each language, and with which code they end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/errors.hpp"
#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/serving.hpp"
#include "store/notes.hpp"
#include "store/opening.hpp"

namespace gangmu::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr const char* tutorial = GANGMU_SOURCE_DIR "/programmes/tutorial";

struct Ended {
  int code = 0;
  std::string out, err;
};

class Program : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "gangmu-program-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    setenv("LANG", "en_GB.UTF-8", 1);
  }
  void TearDown() override { fs::remove_all(folder_); }

  Ended run(std::vector<std::string> words) {
    Machine machine;
    cli::Run chosen;
    CLI::App app{"", "gangmu"};
    add_commands(app, machine, chosen);
    std::reverse(words.begin(), words.end());
    app.parse(std::move(words));
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    Ended ended;
    ended.code = chosen();
    std::fflush(stdout);
    ended.out = testing::internal::GetCapturedStdout();
    ended.err = testing::internal::GetCapturedStderr();
    return ended;
  }
  void make_store() {
    ASSERT_EQ(run({"init", "--data", data(), tutorial}).code, exit_done);
    ASSERT_EQ(run({"load", "--data", data(), "--yes", tutorial}).code, exit_done);
  }
  std::string data() const { return (folder_ / "data").string(); }
  fs::path keys() const { return folder_ / "data.keys" / "tutorial"; }
  Ended doctor() { return run({"doctor", "--data", data()}); }

  fs::path folder_;
};

TEST_F(Program, SpeaksOneLanguage) {
  make_store();
  const Ended english = doctor();
  EXPECT_EQ(english.code, exit_done) << english.err;
  EXPECT_THAT(english.out, HasSubstr("tutorial: well; "));
  EXPECT_THAT(english.out, Not(HasSubstr("完好")));
  setenv("LANG", "zh_CN.UTF-8", 1);
  EXPECT_THAT(doctor().out, HasSubstr("tutorial：完好；"));
  EXPECT_THAT(doctor().out, Not(HasSubstr("well")));
}

TEST_F(Program, TheDoctorSaysWhatAnUpgradeLeft) {
  make_store();
  const fs::path aside = fs::path(data()) / "tutorial" / "schema-1";
  fs::create_directory(aside);
  EXPECT_THAT(doctor().out, Not(HasSubstr("schema-1"))) << "not whole without HEAD";
  for (const char* name : {"gangmu.db", "HEAD"}) std::ofstream(aside / name) << std::string(2 << 20, ' ');
  const Ended ended = doctor();
  EXPECT_EQ(ended.code, exit_done);
  EXPECT_THAT(ended.out, HasSubstr("schema-1 (2 MiB); delete them when the new program has proved itself"));
}

TEST_F(Program, WhatIsNotGivenComesFromTheEnvironment) {
  setenv("GANGMU_DATA", data().c_str(), 1);
  setenv("GANGMU_BACKUP_OUT", (folder_ / "backup").c_str(), 1);
  setenv("GANGMU_BACKUP_SHIP", "true", 1);
  setenv("GANGMU_BACKUP_KEYS", "", 1);
  EXPECT_EQ(run({"init", tutorial}).code, exit_done);
  EXPECT_TRUE(fs::exists(fs::path(data()) / "tutorial" / "HEAD"));
  EXPECT_EQ(run({"backup"}).out, "tutorial: backed up to seq 0\n") << "shipped, without marks or keys";
  EXPECT_THAT(run({"backup", "--data", (folder_ / "none").string()}).err, HasSubstr("no store under"))
      << "the command line comes first";
  EXPECT_THAT(run({"account", "list", "--programme", "tutorial", "--data", (folder_ / "none").string()}).err,
              HasSubstr("no store under"))
      << "no other command of the group looks at the environment";
  for (const char* name : {"GANGMU_DATA", "GANGMU_BACKUP_OUT", "GANGMU_BACKUP_SHIP", "GANGMU_BACKUP_KEYS"})
    unsetenv(name);
}

TEST_F(Program, ALoadThatNobodyConfirmedIsNoSuccess) {
  ASSERT_EQ(run({"init", "--data", data(), tutorial}).code, exit_done);
  const int terminal = dup(STDIN_FILENO);
  ASSERT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
  const Ended ended = run({"load", "--data", data(), tutorial});
  dup2(terminal, STDIN_FILENO);
  close(terminal);
  EXPECT_EQ(ended.code, exit_faults);
  EXPECT_THAT(ended.err, HasSubstr("nothing was loaded; answer y at a terminal, or give --yes"));
}

TEST_F(Program, ALostHeadIsDamageAndNoAbsentStore) {
  make_store();
  fs::remove(fs::path(data()) / "tutorial" / "HEAD");
  EXPECT_EQ(stored_programmes(data()), std::vector<std::string>{"tutorial"});
  const Ended ended = doctor();
  EXPECT_EQ(ended.code, exit_faults);
  EXPECT_THAT(ended.err, HasSubstr("/data/tutorial: the data folder has no HEAD file"));
  EXPECT_THAT(ended.err, Not(HasSubstr("gangmu init")));
}

TEST_F(Program, OneDamagedStoreIsLeftOutAloudAndTheOthersAreServed) {
  make_store();
  fs::copy(fs::path(data()) / "tutorial", fs::path(data()) / "broken", fs::copy_options::recursive);
  fs::remove(fs::path(data()) / "broken" / "HEAD");
  fs::copy(keys(), folder_ / "data.keys" / "broken", fs::copy_options::recursive);
  Machine machine;
  testing::internal::CaptureStderr();
  {
    app::Service service({machine.clock, machine.secrets, machine.executor}, {});
    EXPECT_TRUE(open_all(machine, data(), {}, service));
    EXPECT_EQ(service.programmes(), std::vector<std::string>{"tutorial"});
    EXPECT_EQ(service.left_out(), std::vector<std::string>{"broken"});
    EXPECT_TRUE(service.store("broken").error().is(app::errors::programme_closed));
  }
  fs::remove(fs::path(data()) / "tutorial" / "HEAD");
  app::Service service({machine.clock, machine.secrets, machine.executor}, {});
  const Status none = open_all(machine, data(), {}, service);
  const std::string told = testing::internal::GetCapturedStderr();
  EXPECT_THAT(told, HasSubstr("/data/broken: the data folder has no HEAD file"));
  EXPECT_THAT(told, HasSubstr("broken can't be opened, as told above, and is not served"));
  ASSERT_FALSE(none);
  EXPECT_TRUE(none.error().is(errors::none_opens));
}

TEST_F(Program, ADamagedStoreKeepsNoOtherFromItsBackup) {
  make_store();
  fs::copy(fs::path(data()) / "tutorial", fs::path(data()) / "broken", fs::copy_options::recursive);
  fs::remove(fs::path(data()) / "broken" / "HEAD");
  const Ended ended = run({"backup", "--data", data(), (folder_ / "backup").string()});
  EXPECT_EQ(ended.code, exit_faults);
  EXPECT_THAT(ended.err, HasSubstr("/data/broken: "));
  EXPECT_THAT(ended.out, HasSubstr("tutorial: backed up to seq "));
  EXPECT_TRUE(fs::exists(folder_ / "backup" / "tutorial" / "backup.json"));
}

TEST_F(Program, BackupDrillAndCheckLeaveANoteForThePages) {
  make_store();
  const std::string backup = (folder_ / "backup").string();
  const auto noted = [&](std::string_view name) {
    Machine machine;
    const store::Config config = *store_config(data(), "tutorial");
    const auto beside = store::open_beside(config, machine.files);
    return store::read_note(*beside->database, config.folder, machine.files, name);
  };
  EXPECT_THAT(doctor().out, HasSubstr("there is no backup yet"));
  EXPECT_EQ(noted(store::check_note)["fault_en"], Json(""));
  EXPECT_GT(noted(store::check_note)["entries"].integer_or(0), 0);
  ASSERT_EQ(run({"backup", "--data", data(), backup}).code, exit_done);
  EXPECT_GT(noted(store::backup_note)["bytes"].integer_or(0), 1000);
  EXPECT_EQ(noted(store::backup_note)["seq"], noted(store::backup_note)["mark"]);
  EXPECT_THAT(doctor().out, HasSubstr("tutorial: backup of "));
  ASSERT_EQ(run({"restore", "--drill", "--data", data(), backup}).code, exit_done);
  EXPECT_EQ(noted(store::drill_note)["fault_en"], Json(""));
  EXPECT_EQ(noted(store::drill_note)["mark"], noted(store::backup_note)["seq"]);
  const fs::path journal = fs::directory_iterator(folder_ / "backup" / "tutorial" / "journal")->path();
  std::ofstream(journal, std::ios::app) << "x";
  EXPECT_EQ(run({"restore", "--drill", "--data", data(), backup}).code, exit_faults);
  EXPECT_THAT(noted(store::drill_note)["fault_en"].string_or(""), HasSubstr("its digest is not that of the manifest"));
  EXPECT_THAT(noted(store::drill_note)["fault_zh"].string_or(""), HasSubstr("摘要与清单不符"));
  fs::remove_all(backup);
  ASSERT_EQ(run({"backup", "--data", data(), backup}).code, exit_done);
  ASSERT_EQ(run({"restore", "--drill", "--data", data(), backup}).code, exit_done);
  EXPECT_EQ(noted(store::drill_note)["fault_en"], Json(""));
  std::ofstream(folder_ / "backup" / "tutorial" / "backup.json", std::ios::app) << "x";
  EXPECT_EQ(run({"restore", "--drill", "--data", data(), backup}).code, exit_faults)
      << "every byte counts, without the key as well";
  std::ofstream(folder_ / "backup" / "tutorial" / "backup.json") << "{";
  EXPECT_EQ(run({"restore", "--drill", "--data", data(), backup}).code, exit_faults);
  EXPECT_NE(noted(store::drill_note)["fault_en"], Json("")) << "a manifest that is none proves nothing";
  const fs::path of_subjects = keys() / "subjects.keys", aside = folder_ / "aside.keys";
  if (fs::exists(of_subjects)) fs::rename(of_subjects, aside);
  std::ofstream(of_subjects) << "not a key file\n";
  EXPECT_EQ(doctor().code, exit_faults);
  EXPECT_NE(noted(store::check_note)["fault_en"], Json("")) << "nor does a chain without its keys";
  fs::remove(of_subjects);
  if (fs::exists(aside)) fs::rename(aside, of_subjects);
  EXPECT_EQ(doctor().code, exit_done);
  EXPECT_EQ(noted(store::check_note)["fault_en"], Json(""));
  std::fstream database(fs::path(data()) / "tutorial" / "gangmu.db", std::ios::in | std::ios::out | std::ios::binary);
  database.seekp(-100, std::ios::end).put('\x5a').flush();
  const Ended ended = doctor();
  EXPECT_EQ(ended.code, exit_faults);
  EXPECT_THAT(ended.err, HasSubstr("is damaged"));
  EXPECT_THAT(noted(store::check_note)["fault_en"].string_or(""), HasSubstr("is damaged"))
      << "a damaged page is noted as well";
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(Program, AStoreThatIsThereLosesNothingToARestoreOverIt) {
  make_store();
  const std::string backup = (folder_ / "backup").string(), copy = (folder_ / "copy").string();
  ASSERT_EQ(run({"backup", "--data", data(), "--keys", copy, backup}).code, exit_done);
  ASSERT_EQ(
      run({"account", "create", "--data", data(), "--programme", "tutorial", "--login", "clerk", "--name", "a clerk"})
          .code,
      exit_done);
  const std::string newer = bytes_of(keys() / "subjects.keys");
  ASSERT_NE(newer, bytes_of(fs::path(copy) / "tutorial" / "subjects.keys"));
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{}, {"--keys", copy}, {"--keys", copy, "--postgres", "host=/nowhere"}}) {
    std::vector<std::string> words{"restore", "--data", data(), backup};
    words.insert(words.end(), more.begin(), more.end());
    const Ended ended = run(words);
    EXPECT_EQ(ended.code, exit_faults);
    EXPECT_THAT(ended.err, HasSubstr("already holds a store"));
  }
  EXPECT_THAT(run({"init", "--data", data(), "--postgres", "host=/nowhere", tutorial}).err,
              HasSubstr("already holds a store"));
  EXPECT_EQ(bytes_of(keys() / "subjects.keys"), newer);
  EXPECT_EQ(doctor().code, exit_done) << "still the store it was, where it was";
  fs::remove_all(folder_ / "data");
  const Ended ended = run({"restore", "--data", data(), "--keys", copy, backup});
  EXPECT_THAT(ended.err, HasSubstr("perhaps newer than the copy"));
  EXPECT_EQ(bytes_of(keys() / "subjects.keys"), newer);
  EXPECT_EQ(run({"restore", "--data", data(), backup}).code, exit_done) << "with the keys that are there";
  EXPECT_EQ(doctor().code, exit_done);
}

TEST_F(Program, AWrongKeyIsToldBeforeAnythingIsWritten) {
  make_store();
  const std::string backup = (folder_ / "backup").string(), copy = (folder_ / "copy").string();
  ASSERT_EQ(run({"backup", "--data", data(), "--keys", copy, backup}).code, exit_done);
  std::ofstream(fs::path(copy) / "tutorial" / "head.key") << std::string(64, 'a') << "\n";
  const std::string other = (folder_ / "other").string();
  const Ended ended = run({"restore", "--data", other, "--keys", copy, backup});
  EXPECT_EQ(ended.code, exit_faults);
  EXPECT_THAT(ended.err, HasSubstr("its seal is not that of this store's key"));
  EXPECT_FALSE(fs::exists(other) || fs::exists(other + ".keys"));
}

TEST_F(Program, ErasureDestroysAKeyAndLeavesTheChainValid) {
  make_store();
  ASSERT_EQ(
      run({"account", "create", "--data", data(), "--programme", "tutorial", "--login", "clerk", "--name", "a clerk"})
          .code,
      exit_done);
  const auto erase = [&](std::vector<std::string> more) {
    std::vector<std::string> words{
        "erase", "--data", data(), "--programme", "tutorial", "--reason", "asked for by the person"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  EXPECT_THAT(erase({"--account", "clerk"}).err, HasSubstr("nothing was destroyed"));
  EXPECT_THAT(erase({"--account", "nobody", "--yes"}).err, HasSubstr("no account 'nobody'"));
  constexpr std::size_t slot = 64, key_at = 24, key_size = 32;   // of the key file: a header, then slots
  const std::string key = bytes_of(keys() / "subjects.keys").substr(slot + key_at, key_size);
  ASSERT_NE(key, std::string(key_size, '\0'));
  ASSERT_EQ(erase({"--account", "clerk", "--yes"}).code, exit_done);
  EXPECT_EQ(erase({"--task", "1", "--yes"}).code, exit_done) << "of which nothing was sealed";
  EXPECT_THAT(bytes_of(keys() / "subjects.keys"), Not(HasSubstr(key)));
  const Ended list = run({"account", "list", "--data", data(), "--programme", "tutorial"});
  EXPECT_THAT(list.out, HasSubstr("clerk\tdisabled\tclerk"));
  EXPECT_THAT(list.out, Not(HasSubstr("a clerk")));
  EXPECT_THAT(run({"account", "reset", "--data", data(), "--programme", "tutorial", "--login", "clerk"}).err,
              HasSubstr("erased"));
  EXPECT_EQ(doctor().code, exit_done);
  EXPECT_EQ(run({"audit", "verify", "--data", data()}).code, exit_done);
}

TEST_F(Program, LostKeysAreToldAndNotReplaced) {
  make_store();
  const Ended made =
      run({"account", "create", "--data", data(), "--programme", "tutorial", "--login", "clerk", "--name", "a clerk"});
  ASSERT_EQ(made.code, exit_done) << made.err;
  ASSERT_EQ(doctor().code, exit_done);
  fs::remove(keys() / "subjects.keys");
  Ended ended = doctor();
  EXPECT_EQ(ended.code, exit_faults);
  EXPECT_THAT(ended.err, HasSubstr("subjects.keys is gone"));
  EXPECT_FALSE(fs::exists(keys() / "subjects.keys"));
  std::ofstream(keys() / "subjects.keys") << "gangmu subject keys 1\n";
  ended = doctor();
  EXPECT_EQ(ended.code, exit_faults);
  EXPECT_THAT(ended.err, HasSubstr("subjects.keys lacks 1 keys (such as account:"));
}

TEST_F(Program, ScoresArePrintedAndAPeriodWithoutFiguresIsAFault) {
  const auto values = (folder_ / "values.csv").string();
  std::ofstream(values) << "place,indicator,period,value\n990901100000,V-INC,2023,50\n990901100000,V-INC,2024,57.95\n"
                           "990901101000,V-INC,2023,20\n990901101000,V-INC,2024,19.80\n"
                           "990901100000,T-SAT,2024,90\n990901101000,T-SAT,2024,80\n";
  const auto score = [&](const char* period) {
    return run(
        {"score", "--scheme", std::string(tutorial) + "/schemes/towns.yaml", "--values", values, "--period", period});
  };
  const Ended ended = score("2024");
  EXPECT_EQ(ended.code, exit_done) << ended.err;
  EXPECT_THAT(ended.out,
              testing::StartsWith("place,class,subtotal,bonus,deduction,total,rank,of,provisional\n990901100000,"));
  const auto with = [&](const std::string& name, const std::string& text, std::vector<std::string> more) {
    const auto file = (folder_ / name).string();
    std::ofstream(file) << text;
    more.insert(more.begin(), {"score", "--scheme", std::string(tutorial) + "/schemes/towns.yaml", "--period", "2024"});
    more.push_back(file);
    return run(more);
  };
  const Ended column = with("places.csv", "code,class,grup\n990901100000,a,x\n", {"--values", values, "--places"});
  EXPECT_EQ(column.code, exit_faults);
  EXPECT_THAT(column.err, HasSubstr("places.csv:1: there is no column 'grup'; possible are: group"));
  const std::string rows = bytes_of(values);
  const Ended unread = with("more.csv", rows + "990901100000,V-POP,2024,1\n", {"--values"});
  EXPECT_EQ(unread.code, exit_faults);
  EXPECT_THAT(unread.err, HasSubstr("more.csv:8: the scheme reads no 'V-POP'"));
  EXPECT_EQ(with("more.csv", rows + "990901100000,V-POP,2024,1\n",
                 {"--indicators", std::string(tutorial) + "/indicators.csv", "--values"})
                .code,
            exit_done);
  const Ended none = score("2030");
  EXPECT_EQ(none.code, exit_faults);
  EXPECT_EQ(none.err, "the values hold no figure of 2030; they do of: 2023, 2024\n");
}

TEST_F(Program, EvalWorksOutAFormulaOverAPack) {
  const auto eval = [&](std::vector<std::string> more, const std::string& period = "2024") {
    std::vector<std::string> words{"eval", "--pack", tutorial, "--place", "990900000000", "--period", period};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  EXPECT_EQ(eval({"`V-INC`"}).out, "value,unit\n117.90,万元\n");
  EXPECT_EQ(eval({"村集体经营性收入 - 17.9万元"}).out, "value,unit\n100.00,万元\n") << "by its name, and exact";
  EXPECT_EQ(eval({"`V-INC` > 1000000元"}).out, "value,unit\nyes,\n");
  EXPECT_EQ(eval({"`V-INC`"}, "2030").out, "value,unit\nmissing,万元\n");
  const Ended whole = eval({"--json", "percent(`V-INC`, `V-INC` + 117.9万元)"});
  EXPECT_EQ(whole.out,
            "{\"result\":[{\"value\":\"50\",\"unit\":\"%\"}],\"inputs\":[{\"indicator\":\"V-INC\",\"name\":"
            "\"村集体经营性收入\","
            "\"place\":\"990900000000\",\"period\":\"2024\",\"value\":\"117.90\",\"unit\":\"万元\",\"reported\":\"5\","
            "\"expected\":\"6\"}]}\n");
  EXPECT_EQ(eval({"`V-INK` + 1万元"}).err, "formula:1:1: there is no name 'V-INK'; did you mean V-INC?\n");
  EXPECT_THAT(eval({"`V-INC` + `V-POP`"}).err, HasSubstr("the units differ: 万元 and 人"));
  EXPECT_EQ(eval({"`V-INC` + `V-POP`"}).code, exit_faults);
  EXPECT_THAT(run({"eval", "--pack", tutorial, "--place", "990900000001", "--period", "2024", "1 + 1"}).err,
              HasSubstr("no place has code '990900000001'"));
}

TEST_F(Program, DueTellsWhenALimitEnds) {
  const std::string calendar = GANGMU_SOURCE_DIR "/programmes/jiangmen/calendars/cn_workdays.csv";
  const auto due = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"due", "--calendar", calendar};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  EXPECT_EQ(due({"--start", "2024-02-08", "--n", "7"}).out, "2024-02-23\n");
  EXPECT_EQ(due({"--start", "2025-08-05", "--n", "60", "--unit", "d", "--roll"}).out, "2025-10-09\n");
  EXPECT_EQ(due({"--start", "2023-06-16T17:00:00", "--n", "1", "--unit", "wh"}).out, "2023-06-19T09:00:00+08:00\n");
  const Ended late = due({"--start", "2026-12-30", "--n", "5"});
  EXPECT_EQ(late.code, exit_faults);
  EXPECT_THAT(late.err, HasSubstr("not published"));
}

}   // namespace
}   // namespace gangmu::cli
