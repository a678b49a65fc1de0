// SPDX-License-Identifier: Apache-2.0
// A page: the cells of up to 512 places for one indicator × period, and the partials of those of them that stand above
// the entry level. A cell is ten bytes: its number, and where it stands in the page's short list of origins (state,
// status, grade, source, seq), because most cells of a page came together. With few cells present only those are
// stored, by slot.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fact/cube.hpp"
#include "fact/partial.hpp"

namespace gangmu::fact {

class CellPage {
 public:
  /// `above` = how many of the page's places stand above the entry level.
  CellPage(std::size_t places, std::size_t above) : partials(above), places_(static_cast<std::uint16_t>(places)) {}

  [[nodiscard]] std::optional<Cell> cell(std::size_t slot) const;
  /// The value alone; missing when nothing was entered.
  [[nodiscard]] CellValue value(std::size_t slot) const {
    const std::size_t at = find(slot);
    return at == npos ? CellValue{} : CellValue{origins_[origin_[at]].state, units_[at]};
  }
  void put(std::size_t slot, const Cell& cell);
  /// For a bulk build: room for a cell a place, filled in any order; `settle` then takes the sparse form if that is
  /// smaller.
  void make_dense();
  void fill(std::size_t slot, const Cell& cell) {
    const std::uint16_t origin = intern(cell);
    if (origin_[slot] == absent) ++present_;
    units_[slot] = cell.value.units;
    origin_[slot] = origin;
  }
  void settle();
  [[nodiscard]] std::size_t present() const { return present_; }
  [[nodiscard]] std::size_t bytes() const;

  std::vector<Partial> partials;   ///< by slot

 private:
  struct Origin {
    CellState state = CellState::missing;
    ValueStatus status = ValueStatus::final;
    Grade grade = Grade::a;
    std::uint32_t source = 0;
    Seq seq;
    bool operator==(const Origin&) const = default;
  };
  static constexpr std::size_t npos = SIZE_MAX;
  static constexpr std::uint16_t absent = 0xFFFF;

  /// Position of the slot's cell, npos when there is none.
  [[nodiscard]] std::size_t find(std::size_t slot) const {
    if (!dense_) return find_sparse(slot);
    return origin_[slot] == absent ? npos : slot;
  }
  [[nodiscard]] std::size_t find_sparse(std::size_t slot) const;
  [[nodiscard]] std::uint16_t intern(const Cell& cell) {
    const Origin origin{cell.value.state, cell.status, cell.grade, cell.source, cell.seq};
    if (!origins_.empty() && origins_.back() == origin) return static_cast<std::uint16_t>(origins_.size() - 1);
    return intern_new(origin);
  }
  [[nodiscard]] std::uint16_t intern_new(const Origin& origin);
  void tidy_origins();

  std::vector<std::uint16_t> slots_;   ///< sparse: sorted; dense: empty
  std::vector<std::int64_t> units_;
  std::vector<std::uint16_t> origin_;   ///< dense: absent where nothing was entered
  std::vector<Origin> origins_;
  std::uint16_t places_ = 0;
  std::uint16_t present_ = 0;   ///< cells entered
  bool dense_ = false;
};

struct PairPage {
  PairPage(std::size_t /*places*/, std::size_t above) : partials(above) {}
  std::vector<PairPartial> partials;
};

}   // namespace gangmu::fact
