// SPDX-License-Identifier: Apache-2.0
#include "store/system.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

#include "store/errors.hpp"

namespace gangmu::store {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> failed(const fs::path& path, int code) {
  if (code == ENOSPC || code == EDQUOT) return fail(errors::disk_full);
  if (code == ENOENT) return fail(errors::file_missing, {path.string()});
  if (code == EMFILE || code == ENFILE) return fail(errors::no_descriptor, {path.string()});
  return fail(errors::file_failed, {path.string(), std::strerror(code)});
}

/// A descriptor that is closed when it goes out of sight.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags, unsigned mode = 0) : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes, off_t offset) {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(fd, bytes.data(), bytes.size(), offset);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
    offset += n;
  }
  return true;
}

}   // namespace

Instant SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::string SystemSecrets::bytes(std::size_t n) {
  std::string out(n, '\0');
  for (std::size_t done = 0; done < n;) {
    const ssize_t got = ::getrandom(out.data() + done, n - done, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) std::abort();
    done += static_cast<std::size_t>(got);
  }
  return out;
}

std::size_t descriptor_limit() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<std::size_t>(limit.rlim_cur) : 1024;
}

std::size_t raise_descriptor_limit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < wanted) {
    limit.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
    (void)::setrlimit(RLIMIT_NOFILE, &limit);   // where it can't be raised it stays, and fewer connections are taken
  }
  return descriptor_limit();
}

void yield_to_others() {
  constexpr int behind = 10;
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), behind);   // Linux: of the one thread
}

long long monotonic_milliseconds() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::optional<bool> clock_is_kept() {
  timex asked{};
  const int state = adjtimex(&asked);
  return state < 0 ? std::nullopt : std::optional(state != TIME_ERROR);
}

Status Files::write_durably(const fs::path& path, std::string_view bytes, unsigned mode) {
  fs::path beside = path;
  beside += ".new";
  TRY(write(beside, bytes, mode));
  TRY(sync(beside));
  TRY(rename(beside, path));
  return sync(path.parent_path());
}

/// Until nothing comes any more: a pipe or a terminal (/dev/stdin) tells no size.
Result<std::string> SystemFiles::read(const fs::path& path) {
  constexpr std::size_t step = std::size_t{64} << 10;
  const Descriptor file(path, O_RDONLY);
  struct stat status {};
  if (!file.open() || ::fstat(file.get(), &status) != 0) return failed(path, errno);
  std::string out(static_cast<std::size_t>(status.st_size) + (S_ISREG(status.st_mode) ? 0 : step), '\0');
  for (std::size_t done = 0; done < out.size();) {
    const ssize_t n = ::read(file.get(), out.data() + done, out.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path, errno);
    if (n == 0) out.resize(done);
    done += static_cast<std::size_t>(n);
    if (n > 0 && done == out.size() && !S_ISREG(status.st_mode)) out.resize(done + step);
  }
  return out;
}

Result<std::string> SystemFiles::read_from(const fs::path& path, std::size_t offset) {
  const Descriptor file(path, O_RDONLY);
  struct stat status {};
  if (!file.open() || ::fstat(file.get(), &status) != 0) return failed(path, errno);
  const auto size = static_cast<std::size_t>(status.st_size);
  std::string out(size > offset ? size - offset : 0, '\0');
  for (std::size_t done = 0; done < out.size();) {
    const ssize_t n = ::pread(file.get(), out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path, errno);
    if (n == 0) out.resize(done);
    done += static_cast<std::size_t>(n);
  }
  return out;
}

bool SystemFiles::exists(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

Status SystemFiles::make_folder(const fs::path& path) {
  fs::path grown;
  for (const fs::path& part : path) {
    grown /= part;
    if (::mkdir(grown.c_str(), 0700) != 0 && errno != EEXIST && errno != EISDIR) return failed(grown, errno);
  }
  return {};
}

Status SystemFiles::write(const fs::path& path, std::string_view bytes, unsigned mode) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
  if (!file.open() || !write_all(file.get(), bytes, 0)) return failed(path, errno);
  return {};
}

struct SystemFiles::Held {
  std::mutex mutex;
  std::map<fs::path, std::shared_ptr<const Descriptor>> files;

  std::shared_ptr<const Descriptor> find(const fs::path& path) {
    const std::lock_guard lock(mutex);
    const auto found = files.find(path);
    return found == files.end() ? nullptr : found->second;
  }
};

SystemFiles::SystemFiles() : held_(std::make_unique<Held>()) {}
SystemFiles::~SystemFiles() = default;

Status SystemFiles::hold(const fs::path& path) {
  if (held_->find(path)) return {};
  auto file = std::make_shared<const Descriptor>(path, O_WRONLY);
  if (!file->open()) return failed(path, errno);
  const std::lock_guard lock(held_->mutex);
  held_->files[path] = std::move(file);
  return {};
}

void SystemFiles::let_go(const fs::path& path) {
  const std::lock_guard lock(held_->mutex);
  held_->files.erase(path);
}

Status SystemFiles::write_at(const fs::path& path, std::size_t offset, std::string_view bytes) {
  auto file = held_->find(path);
  if (!file) file = std::make_shared<const Descriptor>(path, O_WRONLY);
  if (!file->open() || !write_all(file->get(), bytes, static_cast<off_t>(offset))) return failed(path, errno);
  if (::fdatasync(file->get()) != 0) return failed(path, errno);
  return {};
}

Status SystemFiles::sync(const fs::path& path) {
  const Descriptor file(path, O_RDONLY);
  if (!file.open() || ::fsync(file.get()) != 0) return failed(path, errno);
  return {};
}

Status SystemFiles::rename(const fs::path& from, const fs::path& to) {
  let_go(to);
  if (::rename(from.c_str(), to.c_str()) != 0) return failed(from, errno);
  return {};
}

Status SystemFiles::remove(const fs::path& path) {
  let_go(path);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed(path, errno);
  return {};
}

Result<std::vector<std::string>> SystemFiles::list(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code code;
  for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code))
    names.push_back(it->path().filename().string());
  if (code) return failed(folder, code.value());
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::unique_ptr<FileLock>> FileLock::take(const fs::path& path, std::string_view note) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return failed(path, errno);
  std::unique_ptr<FileLock> lock(new FileLock(fd));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    char holder[256] = {};
    if (::pread(fd, holder, sizeof holder - 1, 0) < 0) holder[0] = '\0';
    return fail(errors::store_locked, {path.parent_path().string(), holder});
  }
  std::string holder = "pid " + std::to_string(::getpid());
  if (!note.empty()) holder.append(", ").append(note);
  if (::ftruncate(fd, 0) != 0 || !write_all(fd, holder, 0)) return failed(path, errno);
  return lock;
}

Result<std::unique_ptr<FileLock>> FileLock::wait(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return failed(path, errno);
  std::unique_ptr<FileLock> lock(new FileLock(fd));
  while (::flock(fd, LOCK_EX) != 0)
    if (errno != EINTR) return failed(path, errno);
  return lock;
}

FileLock::~FileLock() { ::close(descriptor_); }

}   // namespace gangmu::store
