// SPDX-License-Identifier: Apache-2.0
#include "app/paging.hpp"

#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/test_world.hpp"

namespace gangmu::app::test {
namespace {

struct Asked {
  std::string cursor, limit;
};

class Paging : public testing::Test {
 protected:
  Result<Page> of(const Asked& asked, std::size_t rows) {
    Call call;
    if (!asked.cursor.empty()) call.query["cursor"] = asked.cursor;
    if (!asked.limit.empty()) call.query["limit"] = asked.limit;
    return page_of(service, call, rows);
  }
  SetClock clock;
  SeededSecrets secrets;
  SerialExecutor executor;
  Service service{{clock, secrets, executor}, {}};
};

TEST_F(Paging, PagesFollowOneAnotherToTheEnd) {
  const Page first = must(of({"", "40"}, 100)), second = must(of({first.next, "40"}, 100)),
             third = must(of({second.next, "40"}, 100));
  EXPECT_EQ(first.end, second.begin);
  EXPECT_EQ(second.end, third.begin);
  EXPECT_EQ(third.end, 100u);
  EXPECT_TRUE(third.next.empty());
}

TEST_F(Paging, AnswersFiftyRowsUnlessToldAndNeverMoreThanTheLimit) {
  EXPECT_EQ(must(of({}, 1000)).end, 50u);
  EXPECT_EQ(must(of({"", "9999"}, 10'000)).end, service.limits().page_rows);
  EXPECT_EQ(must(of({}, 0)).end, 0u);
}

TEST_F(Paging, ACursorThatIsNotOursIsRefusedNotTakenForTheFirstPage) {
  for (const char* cursor : {"abc", "-1", "101", "5x", "99999999999999999999999"}) {
    const auto page = of({cursor, ""}, 100);
    ASSERT_FALSE(page) << cursor;
    EXPECT_TRUE(page.error().is(errors::cursor_malformed)) << cursor;
  }
  EXPECT_TRUE(of({"", "0"}, 100).error().is(errors::query_malformed));
}

}   // namespace
}   // namespace gangmu::app::test
