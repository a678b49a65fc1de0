// SPDX-License-Identifier: Apache-2.0
#include "http/metrics.hpp"

#include <gmock/gmock.h>

#include "http/access_log.hpp"

namespace gangmu::http {
namespace {

using std::chrono::microseconds;
using ::testing::HasSubstr;

TEST(Metrics, AreToldAsText) {
  Metrics metrics;
  metrics.count("home", 200, microseconds(400), 1000);
  metrics.count("home", 200, microseconds(3'000), 1000);
  metrics.count("home", 503, microseconds(9'000'000), 100);
  metrics.connections = 3;
  const std::string text = metrics.text({{"jiangmen", Seq{812}}, {"example-city", Seq{4}, false}});
  EXPECT_THAT(text, HasSubstr("gangmu_http_requests_total{route=\"home\",status=\"200\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_http_requests_total{route=\"home\",status=\"503\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_http_request_seconds_bucket{route=\"home\",le=\"0.0005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_http_request_seconds_bucket{route=\"home\",le=\"0.005\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_http_request_seconds_bucket{route=\"home\",le=\"5\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_http_request_seconds_bucket{route=\"home\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_http_request_seconds_sum{route=\"home\"} 9.0034\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_http_sent_bytes_total 2100\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_http_connections 3\n"));
  EXPECT_THAT(text, HasSubstr("gangmu_store_seq{programme=\"jiangmen\"} 812\n"));
  EXPECT_THAT(
      text,
      HasSubstr(
          "gangmu_store_writable{programme=\"jiangmen\"} 1\ngangmu_store_writable{programme=\"example-city\"} 0\n"));
}

TEST(AccessLog, OneJsonLine) {
  const Access access{.at = {1'700'000'000'000'000},
                      .request_id = "r-1",
                      .method = "GET",
                      .operation = "home",
                      .path = "/api/v1/{p}/home",
                      .status = 200,
                      .took = microseconds(812),
                      .received = 0,
                      .sent = 5312};
  EXPECT_EQ(
      access_line(access),
      R"({"at":"2023-11-15T06:13:20+08:00","request_id":"r-1","method":"GET","operation":"home","path":"/api/v1/{p}/home",)"
      R"("status":200,"us":812,"in":0,"out":5312})");
  Access refused = access;
  refused.status = 403;
  refused.code = "app.forbidden";
  refused.actor = "u3f09c2a1b4";
  refused.peer = "10.1.8.4";
  EXPECT_THAT(access_line(refused),
              HasSubstr(R"("status":403,"code":"app.forbidden","actor":"u3f09c2a1b4","peer":"10.1.8.4","us":812)"));
}

}   // namespace
}   // namespace gangmu::http
