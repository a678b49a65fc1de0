// SPDX-License-Identifier: Apache-2.0
// Reads along with a journal: checks that it continues this server's HEAD, and makes a View of what it holds. Every
// server does so when it opens; one that does not write goes on with it. Each entry is verified before it is shown, so
// every server is a witness of the chain with a HEAD of its own.
#pragma once

#include <filesystem>

#include "store/board.hpp"
#include "store/config.hpp"
#include "store/database.hpp"
#include "store/head.hpp"
#include "store/journal.hpp"
#include "store/view.hpp"

namespace gangmu::store {

class Follower {
 public:
  struct Parts {
    HeadFile& head;
    const ViewMaker& views;
    Board& board;
    Files& files;
    std::filesystem::path folder;
    Limits limits;
  };
  explicit Follower(Parts parts) : p_(std::move(parts)) {}

  /// First of all, and on each new connection. A journal that is ahead of HEAD is accepted after its tail was verified.
  /// Errors: journal_short, journal_broken, head_damaged, …
  Status begin(Database& database);
  /// Shows what was written since. True: there was something. Errors: journal_broken, batch_missing, …
  Result<bool> catch_up(Database& database);
  /// As at the View.
  [[nodiscard]] const Line& line() const { return line_; }

 private:
  /// A View and the line it stands on.
  struct Step {
    View view;
    Line line;
  };
  Result<Seq> check_head(Database& database);
  Result<Step> load(Database& database, Seq last) const;
  Result<Step> next(Database& database, Seq last) const;
  Status publish(Step step);

  Parts p_;
  Line line_;
};

}   // namespace gangmu::store
