// SPDX-License-Identifier: Apache-2.0
#include "http/representation.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "http/errors.hpp"
#include "http/problem.hpp"
#include "http/response.hpp"

namespace gangmu::http {
namespace {

std::string unzipped(std::string_view bytes) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Representation, TagsChangeWithSeqFormVersionAndDay) {
  const Date day = *Date::parse("2023-11-15");
  const std::string tag = entity_tag(Seq{41}, "jiangmen", "json", "0.1.0", day);
  EXPECT_EQ(tag, "W/\"41-jiangmen-json-0.1.0-19676\"");
  EXPECT_TRUE(names_tag(tag, tag));
  EXPECT_TRUE(names_tag("\"other\", " + tag.substr(2), tag));
  EXPECT_TRUE(names_tag("*", tag));
  EXPECT_FALSE(names_tag("", tag));
  EXPECT_FALSE(names_tag(entity_tag(Seq{42}, "jiangmen", "json", "0.1.0", day), tag));
  EXPECT_FALSE(names_tag(entity_tag(Seq{41}, "jiangmen", "json", "0.1.0", day.plus_days(1)), tag));
  EXPECT_FALSE(names_tag(entity_tag(Seq{41}, "jiangmen", "xlsx", "0.1.0", day), tag));
}

TEST(Representation, EncodingsAreTakenWhenAccepted) {
  EXPECT_TRUE(accepts("gzip, deflate, br", "br"));
  EXPECT_TRUE(accepts("br;q=1.0, gzip;q=0.8", "gzip"));
  EXPECT_FALSE(accepts("gzip;q=0, br", "gzip"));
  EXPECT_FALSE(accepts("gzip;q=0.000", "gzip"));
  EXPECT_FALSE(accepts("xgzip", "gzip"));
  EXPECT_FALSE(accepts("", "gzip"));
}

TEST(Representation, GzipComesBackWhole) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "{\"place\":\"恩平\",\"n\":" + std::to_string(i) + "}";
  for (const std::string_view piece :
       {std::string_view(text), std::string_view(text).substr(0, 1), std::string_view()}) {
    EXPECT_EQ(unzipped(gzip(piece)), piece);
    EXPECT_EQ(unzipped(gzip(piece, 6)), piece);
  }
  EXPECT_LT(gzip(text).size(), text.size() / 4);
}

TEST(Response, HeadIsWritten) {
  Response response{.status = 404, .content_type = "application/json", .body = "{}"};
  response.add("ETag", "W/\"1\"");
  const std::string head = head_of(response, {.keep_alive = true, .date = "D", .request_id = "r-1"});
  EXPECT_TRUE(
      head.starts_with("HTTP/1.1 404 Not Found\r\nDate: D\r\nX-Request-Id: r-1\r\nContent-Type: "
                       "application/json\r\nContent-Length: 2\r\n"));
  EXPECT_NE(head.find("\r\nETag: W/\"1\"\r\n"), std::string::npos);
  EXPECT_NE(head.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(head.find("unsafe"), std::string::npos);
  EXPECT_TRUE(head.ends_with("Connection: keep-alive\r\n\r\n"));
  EXPECT_EQ(head_of({.status = 304}, {}).find("Content-Length"), std::string::npos);
  EXPECT_TRUE(head_of({}, {.stream = true}).ends_with("Connection: close\r\n\r\n"));
}

TEST(Response, DatesAndFileNames) {
  EXPECT_EQ(http_date({1'700'000'000'000'000}), "Tue, 14 Nov 2023 22:13:20 GMT");
  EXPECT_EQ(attachment("台账 1.xlsx"),
            "attachment; filename=\"_______1.xlsx\"; filename*=UTF-8''%E5%8F%B0%E8%B4%A6%201.xlsx");
  EXPECT_EQ(attachment("a\"\r\nX: 1"), "attachment; filename=\"a___X__1\"; filename*=UTF-8''a%22%0D%0AX%3A%201");
}

TEST(Problem, TellsEveryFaultInBothLanguages) {
  const Diagnostics faults{
      {&errors::parameter_missing, {"period"}, {}},
      {&errors::parameter_twice, {"limit"}, {.file = "tasks.csv", .line = 7, .column = 0, .cell = {}}}};
  const Response out = problem(Error(faults), "r-1");
  EXPECT_EQ(out.status, 400);
  EXPECT_EQ(out.content_type, "application/problem+json");
  EXPECT_EQ(
      out.body,
      R"({"type":"urn:gangmu:error:http.parameter_missing","title":"Bad Request","status":400,"code":"http.parameter_missing",)"
      R"("detail_zh":"缺少参数“period”","detail_en":"the parameter 'period' is missing","errors":[)"
      R"({"code":"http.parameter_missing","where":"","text_zh":"缺少参数“period”","text_en":"the parameter 'period' is missing"},)"
      R"({"code":"http.parameter_twice","where":"tasks.csv:7","text_zh":"参数“limit”写了两次，请只写一次",)"
      R"("text_en":"the parameter 'limit' stands twice; write it once"}],"request_id":"r-1"})");
  EXPECT_EQ(problem(errors::too_busy, {"9"}, "r-1").headers.front(),
            (std::pair<std::string, std::string>("Retry-After", "1")));
}

}   // namespace
}   // namespace gangmu::http
