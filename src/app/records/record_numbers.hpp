// SPDX-License-Identifier: Apache-2.0
// The addresses and numbers of records that begin in one act, one after another, as the writer gives them.
#pragma once

#include <map>
#include <string>

#include "record/kind.hpp"
#include "store/records.hpp"

namespace gangmu::app {

class RecordNumbers {
 public:
  RecordNumbers(const record::Kind& kind, store::Tx& tx) : kind_(kind), tx_(tx) {}
  struct Given {
    record::RecordId id{};
    std::string no{};   ///< empty: the kind has no numbers people read
  };
  Result<Given> next(PlaceId home);

 private:
  struct Last {
    std::int64_t number = 0, count = 0;
  };
  Result<std::int64_t> count_so_far(PlaceId home, std::int64_t last) const;
  const record::Kind& kind_;
  store::Tx& tx_;
  std::map<PlaceId, Last> last_;
};

}   // namespace gangmu::app
