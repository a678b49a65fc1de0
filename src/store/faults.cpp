// SPDX-License-Identifier: Apache-2.0
// The plan of faults and the small files that obey it.
#include "store/errors.hpp"
#include "store/page_shim.hpp"

namespace gangmu::store {
namespace {

/// Counts down; true for the one act that has to fail.
bool due(std::optional<std::int64_t>& countdown) {
  if (!countdown) return false;
  if (*countdown > 0) {
    --*countdown;
    return false;
  }
  countdown.reset();
  return true;
}

Status told(Faults::Verdict verdict, const std::filesystem::path& path) {
  if (verdict == Faults::Verdict::full) return fail(errors::disk_full);
  if (verdict == Faults::Verdict::fail) return fail(errors::file_failed, {path.string(), "Input/output error"});
  return {};
}

}   // namespace

void Faults::fail_write_after(std::int64_t writes) {
  const std::lock_guard lock(mutex_);
  write_countdown_ = writes;
}

void Faults::fail_sync_after(std::int64_t syncs) {
  const std::lock_guard lock(mutex_);
  sync_countdown_ = syncs;
}

void Faults::fill_disk_after(std::int64_t bytes) {
  const std::lock_guard lock(mutex_);
  free_bytes_ = bytes;
}

void Faults::clear() {
  const std::lock_guard lock(mutex_);
  write_countdown_.reset();
  sync_countdown_.reset();
  free_bytes_.reset();
}

void Faults::record(const std::filesystem::path& folder) {
  const std::lock_guard lock(mutex_);
  folder_ = folder.string() + "/";
  events_.clear();
}

std::vector<DiskEvent> Faults::recorded() const {
  const std::lock_guard lock(mutex_);
  return events_;
}

std::size_t Faults::recorded_count() const {
  const std::lock_guard lock(mutex_);
  return events_.size();
}

std::int64_t Faults::writes() const {
  const std::lock_guard lock(mutex_);
  return writes_;
}

std::int64_t Faults::syncs() const {
  const std::lock_guard lock(mutex_);
  return syncs_;
}

/// Empty: not below the recorded folder.
std::string Faults::relative(std::string_view path) const {
  if (folder_.empty() || !path.starts_with(folder_))
    return path == folder_.substr(0, folder_.empty() ? 0 : folder_.size() - 1) ? "." : "";
  return std::string(path.substr(folder_.size()));
}

Faults::Verdict Faults::write(std::string_view path, std::int64_t offset, std::string_view bytes, bool whole) {
  const std::lock_guard lock(mutex_);
  ++writes_;
  if (due(write_countdown_)) return Verdict::fail;
  if (free_bytes_) {
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (size > *free_bytes_) {
      *free_bytes_ = 0;
      return Verdict::full;
    }
    *free_bytes_ -= size;
  }
  if (std::string name = relative(path); !folder_.empty() && !name.empty())
    events_.push_back({DiskEvent::Kind::write, std::move(name), offset, std::string(bytes), whole});
  return Verdict::go;
}

Faults::Verdict Faults::sync(std::string_view path, bool folder) {
  const std::lock_guard lock(mutex_);
  ++syncs_;
  if (due(sync_countdown_)) return Verdict::fail;
  if (std::string name = relative(path); !folder_.empty() && !name.empty())
    events_.push_back({folder ? DiskEvent::Kind::sync_folder : DiskEvent::Kind::sync, std::move(name), 0, {}, false});
  return Verdict::go;
}

void Faults::note(DiskEvent event) {
  const std::lock_guard lock(mutex_);
  event.path = relative(event.path);
  if (event.kind == DiskEvent::Kind::rename) event.bytes = relative(event.bytes);
  if (!folder_.empty() && !event.path.empty()) events_.push_back(std::move(event));
}

Status FaultyFiles::write(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
  TRY(told(faults_.write(path.string(), 0, bytes, true), path));
  return files_.write(path, bytes, mode);
}

Status FaultyFiles::write_at(const std::filesystem::path& path, std::size_t offset, std::string_view bytes) {
  TRY(told(faults_.write(path.string(), static_cast<std::int64_t>(offset), bytes, false), path));
  TRY(files_.write_at(path, offset, bytes));
  return told(faults_.sync(path.string(), false), path);
}

Status FaultyFiles::sync(const std::filesystem::path& path) {
  TRY(told(faults_.sync(path.string(), std::filesystem::is_directory(path)), path));
  return files_.sync(path);
}

Status FaultyFiles::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
  TRY(files_.rename(from, to));
  faults_.note({DiskEvent::Kind::rename, from.string(), 0, to.string(), false});
  return {};
}

Status FaultyFiles::remove(const std::filesystem::path& path) {
  TRY(files_.remove(path));
  faults_.note({DiskEvent::Kind::remove, path.string(), 0, {}, false});
  return {};
}

}   // namespace gangmu::store
