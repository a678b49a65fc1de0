// SPDX-License-Identifier: Apache-2.0
// Evidence as people give it: uploaded, named by a record, read by who sees the record, sealed where it is personal.
#include "app/files/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/records/test_kinds.hpp"
#include "record/errors.hpp"
#include "sheet/errors.hpp"
#include "store/errors.hpp"

namespace gangmu::app::test {
namespace {

using namespace std::string_literals;

const std::string pdf = "%PDF-1.7 a plan of the bridge";

class FilesTest : public ::testing::Test {
 protected:
  RegisterWorld world;

  Told upload(const std::string& bytes, const std::string& name = "plan.pdf") {
    Call call = world.call({}, bytes);
    call.query["name"] = name;
    return world.ask(upload_file, call);
  }
  std::string entered(const std::string& more) {
    return world.entered("project", R"({"name":"甲桥","place":"990101101000",)" + more + "}");
  }
  Call of(const std::string& id, const std::string& digest, std::string body = {}) {
    Call call = world.call(id, std::move(body));
    call.sub_id = digest;
    return call;
  }
  Result<Reply> read(const std::string& id, const std::string& digest) {
    return record_file(world.service(), of(id, digest));
  }
  static std::string value(const std::string& digest, const std::string& name) {
    return R"({"digest":")" + digest + R"(","name":")" + name + R"("})";
  }
  ErrorKind const* refused(const std::string& fields) {
    const auto tried = world.tried(
        create_record, world.call("project", R"({"fields":{"name":"乙桥","place":"990101101000",)" + fields + "}}"));
    return tried ? nullptr : tried.error().first().kind;
  }
};

TEST_F(FilesTest, AnUploadedFileIsNamedByARecordAndReadBack) {
  const Told up = upload(pdf);
  EXPECT_EQ(up.reply.status, 201);
  EXPECT_EQ(up["type"].string_or(""), "application/pdf");
  EXPECT_EQ(up["bytes"].integer_or(0), static_cast<std::int64_t>(pdf.size()));
  const std::string digest = up["digest"].string_or("");
  const std::string id = entered(R"("photo":)" + value(digest, "桥梁图.pdf"));
  const Json shown = world.shown(id)["fields"]["photo"];
  EXPECT_EQ(shown["digest"].string_or(""), digest);
  EXPECT_EQ(shown["type"].string_or(""), "application/pdf") << "told by the host, whoever typed what";
  EXPECT_EQ(shown["name"].string_or(""), "桥梁图.pdf");
  const Reply got = must(read(id, digest));
  EXPECT_EQ(got.body, pdf);
  EXPECT_EQ(got.content_type, "application/pdf");
  EXPECT_EQ(got.download_name, "桥梁图.pdf");
  EXPECT_EQ(must(world.store().verify()).files, 1);
}

TEST_F(FilesTest, WhatARecordNamedBeforeIsStillReadAndNothingElse) {
  const std::string first = upload(pdf)["digest"].string_or(""), second = upload(pdf + "2")["digest"].string_or("");
  const std::string id = entered(R"("photo":)" + value(first, "一.pdf")), other = entered(R"("total":"100")");
  ASSERT_TRUE(world.step(id, "edit", R"({"photo":)" + value(second, "二.pdf") + "}"));
  EXPECT_EQ(must(read(id, second)).body, pdf + "2");
  EXPECT_EQ(must(read(id, first)).body, pdf);
  EXPECT_EQ(must(read(id, first)).download_name, first.substr(7, 12) + ".pdf");
  EXPECT_TRUE(read(other, first).error().is(errors::unknown_file));
  EXPECT_TRUE(read(id, "sha256:" + std::string(64, '0')).error().is(errors::unknown_file));
  EXPECT_TRUE(read(id, "%").error().is(errors::unknown_file));
  EXPECT_TRUE(read("2.project.99", first).error().is(errors::unknown_record));
}

TEST_F(FilesTest, ADigestNobodyUploadedIsRefusedAndSoIsAFileTheFieldDoesNotTake) {
  EXPECT_EQ(refused(R"("photo":)" + value("sha256:" + std::string(64, 'a'), "x")), &errors::file_not_uploaded);
  EXPECT_EQ(refused(R"("photo":"sha256:abc")"), &errors::file_not_uploaded);
  EXPECT_EQ(refused(R"("photo":{"name":"x"})"), &errors::file_not_uploaded);
  const std::string sheet = upload(ledger("表", {"序号|名称", "1|甲"}), "表.xlsx")["digest"].string_or("");
  EXPECT_EQ(refused(R"("photo":)" + value(sheet, "表.xlsx")), &record::errors::file_wrong);
  const std::string large = upload(pdf + std::string(2 << 20, 'x'))["digest"].string_or("");
  EXPECT_EQ(refused(R"("photo":)" + value(large, "大.pdf")), &record::errors::file_large);
  EXPECT_EQ(refused(R"("photo":)" + value(upload(pdf)["digest"].string_or(""), "机密★10年.pdf")),
            &sheet::errors::secrecy_mark);
}

TEST_F(FilesTest, AFileThatIsNotTakenLeavesNothingBehind) {
  const auto tried = [&](const std::string& bytes, const std::string& name) {
    Call call = world.call({}, bytes);
    call.query["name"] = name;
    return upload_file(world.service(), call).error();
  };
  EXPECT_TRUE(tried("GIF89a", "x.jpg").is(errors::file_refused)) << "the name proves nothing";
  EXPECT_TRUE(tried(pdf, "绝密★长期.pdf").is(sheet::errors::secrecy_mark));
  world.limits.file_bytes = 20;
  world.restart();
  EXPECT_TRUE(tried(pdf, "x.pdf").is(errors::limit_exceeded));
  world.limits = {};
  world.limits.file_waiting_bytes = 3 * pdf.size();
  world.restart();
  upload(pdf);
  upload(pdf + "2");
  EXPECT_TRUE(tried(pdf + "3", "x.pdf").is(errors::limit_exceeded));
  entered(R"("photo":)" + value(upload(pdf)["digest"].string_or(""), "图.pdf"));
  upload(pdf + "3");
}

TEST_F(FilesTest, APersonalFileIsSealedSeenForAReasonAndGoneWithItsKey) {
  const std::string digest = upload(pdf)["digest"].string_or("");
  const std::string id = entered(R"("scan":)" + value(digest, "身份证.pdf"));
  EXPECT_EQ(world.shown(id)["fields"]["scan"]["hidden"].string_or(""), std::string(hidden_person));
  EXPECT_TRUE(read(id, digest).error().is(errors::unknown_file));
  const Told persons = world.ask(see_record_persons, world.call(id, R"({"reason":"核对身份"})"));
  const Json named = must(Json::parse(persons["fields"]["scan"].string_or("")));
  const std::string sealed = named["digest"].string_or("");
  EXPECT_NE(sealed, digest);
  EXPECT_EQ(named["name"].string_or(""), "身份证.pdf");
  EXPECT_TRUE(read(id, sealed).error().is(errors::unknown_file));
  EXPECT_EQ(must(world.store().evidence().read(must(Digest::parse(sealed)))).find("bridge"), std::string::npos);
  EXPECT_FALSE(see_record_file(world.service(), of(id, sealed, R"({"reason":"嗯"})")));
  const Reply got = must(see_record_file(world.service(), of(id, sealed, R"({"reason":"核对身份"})")));
  EXPECT_EQ(got.body, pdf);
  EXPECT_EQ(got.content_type, "application/pdf");
  EXPECT_TRUE(
      see_record_file(world.service(), of(id, digest, R"({"reason":"核对身份"})")).error().is(errors::unknown_file));
  const auto history = world.shown(id)["history"];
  EXPECT_EQ((*history.array())[0]["step"].string_or(""), "see-persons") << "written down";
  must(world.store().vault().erase(record_subject(must(record::RecordId::parse(id)))));
  EXPECT_TRUE(see_record_file(world.service(), of(id, sealed, R"({"reason":"核对身份"})"))
                  .error()
                  .is(store::errors::subject_erased));
  must(world.store().verify());
}

}   // namespace
}   // namespace gangmu::app::test
