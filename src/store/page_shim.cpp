// SPDX-License-Identifier: Apache-2.0
// The SQLite VFS between pager and disk. Idea of a checksum in the reserved bytes: SQLite's cksumvfs; written anew.
#include "store/page_shim.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <cstring>
#include <map>
#include <new>
#include <unordered_map>
#include <utility>

#include "base/digest.hpp"
#include "store/errors.hpp"
#include "store/page_sum.hpp"

namespace gangmu::store {
namespace {

constexpr int wal_header = 32;
constexpr int frame_header = 24;
constexpr int frame_bytes = frame_header + page_bytes;
constexpr int salt_at = 16, salt_bytes = 8;
constexpr int hashed_bytes = page_bytes - reserved_bytes;

thread_local Damage damage;

/// What the log of one database holds, by offset of the page inside a frame: shared by all its connections.
struct Frames {
  std::mutex mutex;
  std::unordered_map<std::int64_t, std::uint64_t> hashes;
  std::string salt;   ///< 8 bytes of the header

  void note_header(const void* bytes, int amount, std::int64_t offset) {
    if (offset == 0 && amount >= wal_header) salt.assign(static_cast<const char*>(bytes) + salt_at, salt_bytes);
  }
};

struct Registry {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const PageSum>> sums;   ///< of the files of stores
  std::map<std::string, std::weak_ptr<Frames>> frames;
  std::map<std::string, Faults*> faults;   ///< folder with '/' → plan

  std::shared_ptr<Frames> frames_of(const std::string& path) {
    const std::lock_guard lock(mutex);
    auto& slot = frames[path];
    auto shared = slot.lock();
    if (!shared) slot = shared = std::make_shared<Frames>();
    return shared;
  }

  std::shared_ptr<const PageSum> sum_of(const std::string& path) {
    static const auto plain = std::make_shared<const PageSum>();
    const std::lock_guard lock(mutex);
    const auto found = sums.find(path);
    return found == sums.end() ? plain : found->second;
  }

  Faults* faults_of(std::string_view path) {
    const std::lock_guard lock(mutex);
    for (const auto& [folder, plan] : faults)
      if (path.starts_with(folder)) return plan;
    return nullptr;
  }
};

Registry& registry() {
  static Registry one;
  return one;
}

struct State {
  std::string path;
  bool main = false;
  std::shared_ptr<Frames> frames;       ///< of a log only
  std::shared_ptr<const PageSum> sum;   ///< of a main file only
  Faults* faults = nullptr;
  bool fresh = false;   ///< a log just made: its first sync also makes its name durable, as the VFS below does
};

/// SQLite allocates szOsFile bytes: this, then the file of the VFS below.
struct File {
  sqlite3_file base;
  State* state;
};

sqlite3_vfs* below() {
  static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
  return vfs;
}

File* own(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
State& state(sqlite3_file* file) { return *own(file)->state; }
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(own(file) + 1); }

std::uint64_t stored_hash(const char* page) {
  std::uint64_t value;
  std::memcpy(&value, page + hashed_bytes, sizeof value);
  return value;
}

std::uint64_t number_at(std::int64_t offset) { return static_cast<std::uint64_t>(offset / page_bytes + 1); }

bool whole_page(int amount, std::int64_t offset) { return amount == page_bytes && offset % page_bytes == 0; }

/// Offset of the page when exactly one page, or one frame with its header, is moved; -1 otherwise.
std::int64_t framed_page(int amount, std::int64_t offset) {
  if (offset < wal_header) return -1;
  const std::int64_t within = (offset - wal_header) % frame_bytes;
  if (amount == page_bytes && within == frame_header) return offset;
  if (amount == frame_bytes && within == 0) return offset + frame_header;
  return -1;
}

/// `zh`, `en`: what is numbered.
int found_damage(const State& s, const char* zh, const char* en, std::int64_t number) {
  const std::string file = std::filesystem::path(s.path).filename().string(), n = std::to_string(number);
  damage = {file + " 第 " + n + " " + zh, std::string(en) + " " + n + " of " + file};
  return SQLITE_IOERR_DATA;
}

int verify_page(const State& s, const char* page, std::int64_t offset) {
  if (s.sum->fits({page, hashed_bytes}, number_at(offset), stored_hash(page))) return SQLITE_OK;
  return found_damage(s, "页", "page", offset / page_bytes + 1);
}

int verify_frame(const State& s, const char* page, std::int64_t offset) {
  const std::uint64_t hash = xxh64({page, page_bytes}, static_cast<std::uint64_t>(offset));
  const std::lock_guard lock(s.frames->mutex);
  const auto [known, fresh] = s.frames->hashes.try_emplace(offset, hash);
  return fresh || known->second == hash ? SQLITE_OK
                                        : found_damage(s, "帧", "frame", (offset - wal_header) / frame_bytes + 1);
}

void note_frame(const State& s, const void* bytes, int amount, std::int64_t offset) {
  const std::lock_guard lock(s.frames->mutex);
  if (offset == 0) s.frames->hashes.clear();   // a new log header: the log starts over
  s.frames->note_header(bytes, amount, offset);
  const std::int64_t page = framed_page(amount, offset);
  if (page < 0) return;
  const char* at = static_cast<const char*>(bytes) + (page - offset);
  s.frames->hashes[page] = xxh64({at, page_bytes}, static_cast<std::uint64_t>(page));
}

/// A write that failed may have left anything behind.
void forget_frame(const State& s, int amount, std::int64_t offset) {
  const std::lock_guard lock(s.frames->mutex);
  s.frames->hashes.erase(framed_page(amount, offset));
}

int x_close(sqlite3_file* file) {
  const int rc = real(file)->pMethods ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
  delete own(file)->state;
  own(file)->state = nullptr;
  return rc;
}

int x_read(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset) {
  const int rc = real(file)->pMethods->xRead(real(file), out, amount, offset);
  if (rc != SQLITE_OK) return rc;
  const State& s = state(file);
  const char* bytes = static_cast<const char*>(out);
  if (s.main && whole_page(amount, offset)) return verify_page(s, bytes, offset);
  if (!s.frames) return SQLITE_OK;
  if (offset == 0) {
    const std::lock_guard lock(s.frames->mutex);
    s.frames->note_header(bytes, amount, offset);
  }
  const std::int64_t page = framed_page(amount, offset);
  return page < 0 ? SQLITE_OK : verify_frame(s, bytes + (page - offset), page);
}

int forward_write(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
  const State& s = state(file);
  if (s.faults) {
    const auto verdict =
        s.faults->write(s.path, offset, {static_cast<const char*>(bytes), static_cast<std::size_t>(amount)}, false);
    if (verdict == Faults::Verdict::full) return SQLITE_FULL;
    if (verdict == Faults::Verdict::fail) return SQLITE_IOERR_WRITE;
  }
  return real(file)->pMethods->xWrite(real(file), bytes, amount, offset);
}

int x_write(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
  const State& s = state(file);
  if (s.frames) {
    const int rc = forward_write(file, bytes, amount, offset);
    if (rc == SQLITE_OK)
      note_frame(s, bytes, amount, offset);
    else
      forget_frame(s, amount, offset);
    return rc;
  }
  if (!s.main || !whole_page(amount, offset)) return forward_write(file, bytes, amount, offset);
  char page[page_bytes];
  std::memcpy(page, bytes, hashed_bytes);
  const std::uint64_t hash = s.sum->of({page, hashed_bytes}, number_at(offset));
  std::memcpy(page + hashed_bytes, &hash, sizeof hash);
  return forward_write(file, page, amount, offset);
}

int x_truncate(sqlite3_file* file, sqlite3_int64 size) {
  const State& s = state(file);
  if (s.faults) s.faults->note({DiskEvent::Kind::truncate, s.path, size, {}, false});
  if (s.frames) {
    const std::lock_guard lock(s.frames->mutex);
    std::erase_if(s.frames->hashes, [&](const auto& entry) { return entry.first >= size; });
  }
  return real(file)->pMethods->xTruncate(real(file), size);
}

int x_sync(sqlite3_file* file, int flags) {
  State& s = state(file);
  if (s.faults && std::exchange(s.fresh, false)) {
    s.faults->note({DiskEvent::Kind::sync_folder, std::filesystem::path(s.path).parent_path().string(), 0, {}, false});
  }
  if (s.faults && s.faults->sync(s.path, false) != Faults::Verdict::go) return SQLITE_IOERR_FSYNC;
  return real(file)->pMethods->xSync(real(file), flags);
}

int x_file_size(sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); }
int x_lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int x_unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int x_check_lock(sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
int x_control(sqlite3_file* f, int op, void* arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); }
int x_sector(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int x_traits(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int x_shm_map(sqlite3_file* f, int n, int size, int grow, void volatile** out) {
  return real(f)->pMethods->xShmMap(real(f), n, size, grow, out);
}
int x_shm_lock(sqlite3_file* f, int at, int n, int flags) { return real(f)->pMethods->xShmLock(real(f), at, n, flags); }
void x_shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int x_shm_unmap(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }
int x_fetch(sqlite3_file*, sqlite3_int64, int, void** out) {   // no memory map: each page passes x_read
  *out = nullptr;
  return SQLITE_OK;
}
int x_unfetch(sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; }

/// SQLite is C: memory that runs out in here goes back to it as a code, not as an exception.
template <auto Act>
struct Contained;
template <class... Arguments, int (*Act)(Arguments...)>
struct Contained<Act> {
  static int call(Arguments... arguments) noexcept {
    try {
      return Act(arguments...);
    } catch (const std::bad_alloc&) { return SQLITE_IOERR_NOMEM; }
  }
};

const sqlite3_io_methods methods{3,
                                 x_close,
                                 Contained<x_read>::call,
                                 Contained<x_write>::call,
                                 Contained<x_truncate>::call,
                                 Contained<x_sync>::call,
                                 x_file_size,
                                 x_lock,
                                 x_unlock,
                                 x_check_lock,
                                 x_control,
                                 x_sector,
                                 x_traits,
                                 x_shm_map,
                                 x_shm_lock,
                                 x_shm_barrier,
                                 x_shm_unmap,
                                 x_fetch,
                                 x_unfetch};

int x_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  std::memset(static_cast<void*>(file), 0, sizeof(File));
  auto s = std::make_unique<State>();
  s->path = name ? name : "";
  s->main = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  if (s->main) s->sum = registry().sum_of(s->path);
  if ((flags & SQLITE_OPEN_WAL) != 0) s->frames = registry().frames_of(s->path);
  s->faults = registry().faults_of(s->path);
  int exists = 1;
  if (s->frames) below()->xAccess(below(), name, SQLITE_ACCESS_EXISTS, &exists);
  s->fresh = exists == 0;
  const int rc = below()->xOpen(below(), name, real(file), flags, out_flags);
  if (rc != SQLITE_OK) return rc;
  own(file)->state = s.release();
  own(file)->base.pMethods = &methods;
  return rc;
}

int x_delete(sqlite3_vfs*, const char* name, int sync_folder) {
  const int rc = below()->xDelete(below(), name, sync_folder);
  if (Faults* faults = rc == SQLITE_OK ? registry().faults_of(name) : nullptr) {
    faults->note({DiskEvent::Kind::remove, name, 0, {}, false});
    if (sync_folder)
      faults->note({DiskEvent::Kind::sync_folder, std::filesystem::path(name).parent_path().string(), 0, {}, false});
  }
  return rc;
}

sqlite3_vfs* make_vfs() {
  static sqlite3_vfs vfs = *below();
  vfs.szOsFile = static_cast<int>(sizeof(File)) + below()->szOsFile;
  vfs.zName = "gangmu";
  vfs.pNext = nullptr;
  vfs.xOpen = Contained<x_open>::call;
  vfs.xDelete = Contained<x_delete>::call;
  sqlite3_vfs_register(&vfs, 0);
  return &vfs;
}

/// As SQLite names it to the layer below: absolute, no symbolic link in it.
std::string name_of_file(const std::filesystem::path& file) { return std::filesystem::weakly_canonical(file).string(); }

int renew_sums_of(sqlite3_file* file) {
  sqlite3_int64 size = 0;
  int rc = file->pMethods->xFileSize(file, &size);
  char page[page_bytes];
  for (sqlite3_int64 at = 0; rc == SQLITE_OK && at + page_bytes <= size; at += page_bytes) {
    rc = file->pMethods->xRead(file, page, page_bytes, at);
    if (rc == SQLITE_OK) rc = file->pMethods->xWrite(file, page, page_bytes, at);
  }
  return rc == SQLITE_OK ? file->pMethods->xSync(file, SQLITE_SYNC_FULL) : rc;
}

}   // namespace

const char* page_shim_name() {
  static const sqlite3_vfs* const vfs = make_vfs();
  return vfs->zName;
}

void set_page_key(const std::filesystem::path& file, std::string_view store_key, bool plain_too) {
  auto sum = std::make_shared<const PageSum>(store_key, plain_too);
  const std::lock_guard lock(registry().mutex);
  registry().sums[name_of_file(file)] = std::move(sum);
}

Status renew_page_sums(const std::filesystem::path& file) {
  sqlite3_vfs* const vfs = sqlite3_vfs_find(page_shim_name());
  std::vector<std::max_align_t> memory(static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1);
  auto* const open = reinterpret_cast<sqlite3_file*>(memory.data());
  const char* const name = sqlite3_create_filename(name_of_file(file).c_str(), "", "", 0, nullptr);
  if (!name) return fail(errors::out_of_memory);
  int rc = vfs->xOpen(vfs, name, open, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE, nullptr);
  if (rc == SQLITE_OK) {
    rc = renew_sums_of(open);
    open->pMethods->xClose(open);
  }
  sqlite3_free_filename(name);
  if (rc == SQLITE_OK) return {};
  const Damage found = take_damage();
  if (!found.en.empty()) return fail(errors::page_damaged, {found.zh, found.en});
  if (rc == SQLITE_FULL) return fail(errors::disk_full);
  return fail(errors::engine_failed, {"SQLite " + std::to_string(rc) + ": " + sqlite3_errstr(rc)});
}

void set_page_faults(const std::filesystem::path& folder, Faults* faults) {
  const std::lock_guard lock(registry().mutex);
  const std::string key = folder.string() + "/";
  if (faults)
    registry().faults[key] = faults;
  else
    registry().faults.erase(key);
}

std::string log_salt(const std::string& log) {
  const auto frames = registry().frames_of(log);
  const std::lock_guard lock(frames->mutex);
  return hex(frames->salt);
}

Damage take_damage() { return std::exchange(damage, {}); }

}   // namespace gangmu::store
