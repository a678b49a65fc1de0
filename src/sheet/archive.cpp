// SPDX-License-Identifier: Apache-2.0
#include "sheet/archive.hpp"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"
#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"

namespace gangmu::sheet {

namespace {

constexpr std::uint64_t ratio_from_bytes = 1u << 20;   // small parts may compress well without being bombs
constexpr std::size_t longest_name = 512;

/// minizip's view of a string_view as a file.
struct Cursor {
  std::string_view bytes;
  std::uint64_t at = 0;
};

void* open_cursor(void* opaque, const void*, int) { return opaque; }
uLong read_cursor(void*, void* stream, void* buffer, uLong size) {
  auto& cursor = *static_cast<Cursor*>(stream);
  const std::uint64_t left = cursor.at < cursor.bytes.size() ? cursor.bytes.size() - cursor.at : 0;
  const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(size, left));
  if (n > 0) std::memcpy(buffer, cursor.bytes.data() + cursor.at, n);
  cursor.at += n;
  return static_cast<uLong>(n);
}
uLong write_cursor(void*, void*, const void*, uLong) { return 0; }
ZPOS64_T tell_cursor(void*, void* stream) { return static_cast<Cursor*>(stream)->at; }
long seek_cursor(void*, void* stream, ZPOS64_T offset, int origin) {
  auto& cursor = *static_cast<Cursor*>(stream);
  const std::uint64_t base = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                             : origin == ZLIB_FILEFUNC_SEEK_CUR ? cursor.at
                                                                : cursor.bytes.size();
  const std::uint64_t target = base + offset;
  if (target < base || target > cursor.bytes.size()) return -1;
  cursor.at = target;
  return 0;
}
int close_cursor(void*, void*) { return 0; }
int error_cursor(void*, void*) { return 0; }

bool unsafe_path(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\0') != std::string_view::npos) return true;
  if (name.size() > 1 && name[1] == ':') return true;
  for (const std::string& part : text::split(name, '/')) {
    if (part == "..") return true;
  }
  return false;
}

/// Some writers begin the names of a workbook's own parts with a slash, which says nothing more.
bool own_part_with_slash(std::string_view name) {
  constexpr std::string_view folders[] = {"/xl/", "/_rels/", "/docProps/", "/[Content_Types].xml", "/customXml/"};
  return std::ranges::any_of(folders, [&](std::string_view folder) { return name.starts_with(folder); });
}

}   // namespace

struct Archive::Entry {
  unz64_file_pos position{};
  std::uint64_t packed = 0;
  std::uint64_t unpacked = 0;
};

struct Archive::State {
  Cursor cursor;
  std::string file_name;
  Limits limits;
  unzFile zip = nullptr;
  std::map<std::string, Entry, std::less<>> entries;   // lower-case names
  std::uint64_t unpacked_total = 0;

  ~State() {
    if (zip != nullptr) unzClose(zip);
  }
  [[nodiscard]] Position here() const { return {.file = file_name, .line = 0, .column = 0, .cell = {}}; }
  [[nodiscard]] auto damaged(std::string what) const {
    return fail(errors::archive_damaged, {std::move(what)}, here());
  }
  Status check_sizes(const std::string& name, const Entry& entry) const;
  Status list();
  Status add_current();
};

Archive::Archive(std::unique_ptr<State> state) : state_(std::move(state)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(std::string_view bytes, std::string file_name, const Limits& limits) {
  auto state = std::make_unique<State>();
  state->cursor = {bytes, 0};
  state->file_name = std::move(file_name);
  state->limits = limits;
  zlib_filefunc64_def functions{open_cursor, read_cursor,  write_cursor, tell_cursor,
                                seek_cursor, close_cursor, error_cursor, &state->cursor};
  state->zip = unzOpen2_64("memory", &functions);
  if (state->zip == nullptr) return state->damaged("no central directory");
  TRY(state->list());
  return Archive(std::move(state));
}

Status Archive::State::list() {
  unz_global_info64 global{};
  if (unzGetGlobalInfo64(zip, &global) != UNZ_OK) return damaged("directory");
  if (global.number_entry > limits.archive_entries) {
    return refuse_limit(LimitName::archive_entries, global.number_entry, limits.archive_entries, here());
  }
  int status = global.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : unzGoToFirstFile(zip);
  while (status == UNZ_OK) {
    TRY(add_current());
    status = unzGoToNextFile(zip);
  }
  if (status != UNZ_END_OF_LIST_OF_FILE) return damaged("directory entry " + std::to_string(entries.size() + 1));
  return {};
}

Status Archive::State::add_current() {
  std::array<char, longest_name + 1> buffer{};
  unz_file_info64 info{};
  if (unzGetCurrentFileInfo64(zip, &info, buffer.data(), longest_name, nullptr, 0, nullptr, 0) != UNZ_OK) {
    return damaged("directory entry " + std::to_string(entries.size() + 1));
  }
  if (info.size_filename > longest_name)
    return fail(errors::archive_path, {std::string(buffer.data(), 80) + "…"}, here());
  std::string name(buffer.data(), info.size_filename);
  std::replace(name.begin(), name.end(), '\\', '/');   // some writers of Windows use them
  if (own_part_with_slash(name)) name.erase(0, 1);
  if (unsafe_path(name)) return fail(errors::archive_path, {name}, here());
  if (name.back() == '/') return {};
  if ((info.flag & 1u) != 0) return fail(errors::archive_encrypted, {name}, here());
  Entry entry{.position = {}, .packed = info.compressed_size, .unpacked = info.uncompressed_size};
  if (unzGetFilePos64(zip, &entry.position) != UNZ_OK) return damaged(name);
  TRY(check_sizes(name, entry));
  if (!entries.emplace(text::lower_ascii(name), entry).second) return fail(errors::archive_duplicate, {name}, here());
  return {};
}

Status Archive::State::check_sizes(const std::string& name, const Entry& entry) const {
  if (entry.packed > cursor.bytes.size()) return damaged(name);
  if (entry.unpacked > limits.inflated_bytes) {
    return refuse_limit(LimitName::inflated_bytes, entry.unpacked, limits.inflated_bytes, here());
  }
  const std::uint64_t packed = std::max<std::uint64_t>(entry.packed, 1);
  if (entry.unpacked > ratio_from_bytes && entry.unpacked / packed > limits.inflated_ratio) {
    return refuse_limit(LimitName::inflated_ratio, entry.unpacked / packed, limits.inflated_ratio, here());
  }
  return {};
}

bool Archive::has(std::string_view part) const { return state_->entries.contains(text::lower_ascii(part)); }

std::vector<std::string> Archive::parts() const {
  std::vector<std::string> out;
  for (const auto& [name, entry] : state_->entries) out.push_back(name);
  return out;
}

Status Archive::stream(std::string_view part, const std::function<Status(std::string_view)>& take) {
  State& s = *state_;
  const auto found = s.entries.find(text::lower_ascii(part));
  if (found == s.entries.end()) return fail(errors::part_missing, {std::string(part)}, s.here());
  const Entry& entry = found->second;
  if (unzGoToFilePos64(s.zip, &entry.position) != UNZ_OK || unzOpenCurrentFile(s.zip) != UNZ_OK) {
    return s.damaged(std::string(part));
  }
  struct Closer {
    unzFile zip;
    bool open = true;
    int close() { return open ? (open = false, unzCloseCurrentFile(zip)) : UNZ_OK; }
    ~Closer() { close(); }
  } closer{s.zip};
  std::string buffer(64u << 10, '\0');
  std::uint64_t unpacked = 0;
  for (;;) {
    const int n = unzReadCurrentFile(s.zip, buffer.data(), static_cast<unsigned>(buffer.size()));
    if (n < 0) return s.damaged(std::string(part));
    if (n == 0) break;
    unpacked += static_cast<std::uint64_t>(n);
    s.unpacked_total += static_cast<std::uint64_t>(n);
    // The directory may lie about sizes, so the real ones are held to the same limits.
    TRY(s.check_sizes(found->first, {.position = {}, .packed = entry.packed, .unpacked = unpacked}));
    if (s.unpacked_total > s.limits.inflated_bytes) {
      return refuse_limit(LimitName::inflated_bytes, s.unpacked_total, s.limits.inflated_bytes, s.here());
    }
    TRY(take(std::string_view(buffer.data(), static_cast<std::size_t>(n))));
  }
  if (closer.close() != UNZ_OK || unpacked != entry.unpacked) return s.damaged(std::string(part));
  return {};
}

}   // namespace gangmu::sheet
