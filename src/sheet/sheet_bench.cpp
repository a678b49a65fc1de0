// SPDX-License-Identifier: Apache-2.0
// xlsx import of 100,000 rows × 12 columns, the shape of a large ledger: codes, names, figures, dates. The file is made
// here with libxlsxwriter; with GANGMU_XLSX=path it is kept there and read from there the next time, so that peak_MiB
// is that of reading alone.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "sheet/csv.hpp"
#include "sheet/workbook.hpp"
#include "sheet/xlsx_writer.hpp"

namespace gangmu::sheet {
namespace {

Worksheet large_sheet(int rows) {
  Worksheet sheet;
  sheet.name = "数据";
  sheet.rows.push_back(
      {RowRole::header,
       {"序号", "编码", "地区", "指标", "时期", "数值", "单位", "日期", "增速", "责任单位", "任务", "备注"}});
  for (int r = 0; r < rows; ++r) {
    sheet.rows.push_back({RowRole::body,
                          {Decimal(r, 0), "9900" + std::to_string(10'000'000 + r),
                           "示例市甲县甲" + std::to_string(r % 73) + "镇", "规模以上工业增加值", "202306",
                           Decimal(r * 137 % 1'000'003, 2), "亿元", Date{19'000 + r % 900}, Decimal(r % 200 - 100, 1),
                           "示例市发改局、示例市工信局", "推进第" + std::to_string(r) + "号任务按期完成", "正常"}});
  }
  return sheet;
}

const std::string& file() {
  static const std::string bytes = [] {
    const char* path = std::getenv("GANGMU_XLSX");
    if (std::ifstream kept(path ? path : "", std::ios::binary); kept)
      return std::string(std::istreambuf_iterator<char>(kept), {});
    std::string made = write_xlsx({large_sheet(100'000)}, {}).value();
    if (path) std::ofstream(path, std::ios::binary) << made;
    return made;
  }();
  return bytes;
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void read_xlsx_100k(benchmark::State& state) {
  const std::string& bytes = file();
  for (auto _ : state) {
    auto book = read_workbook(bytes, "x.xlsx");
    if (!book) state.SkipWithError("refused");
    benchmark::DoNotOptimize(book);
  }
  state.counters["rows/s"] = benchmark::Counter(100'000, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["peak_MiB"] = peak_mib();
}
BENCHMARK(read_xlsx_100k)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

void write_xlsx_100k(benchmark::State& state) {
  const Worksheet sheet = large_sheet(100'000);
  for (auto _ : state) benchmark::DoNotOptimize(write_xlsx({sheet}, {}));
}
BENCHMARK(write_xlsx_100k)->Unit(benchmark::kMillisecond)->Iterations(1);

void read_csv_100k(benchmark::State& state) {
  const std::string bytes = write_csv(large_sheet(100'000));
  for (auto _ : state) benchmark::DoNotOptimize(read_csv(bytes, "x.csv"));
}
BENCHMARK(read_csv_100k)->Unit(benchmark::kMillisecond);

}   // namespace
}   // namespace gangmu::sheet
