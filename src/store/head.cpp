// SPDX-License-Identifier: Apache-2.0
#include "store/head.hpp"

#include <cstdlib>

#include "base/json.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t slot_bytes = 512, slot_distance = 4096, file_bytes = slot_distance + slot_bytes;

Json body_of(const Head& head, std::int64_t counter) {
  Json body;
  body.set("counter", counter);
  body.set("digest", head.digest.text());
  body.set("epoch", head.epoch);
  body.set("log", head.log);
  body.set("seq", head.seq.value);
  body.set("store", head.store);
  return body;
}

}   // namespace

HeadFile::HeadFile(std::filesystem::path file, std::string key, Files& files)
    : file_(std::move(file)), key_(std::move(key)), files_(files) {}

std::string HeadFile::slot(const Head& head, std::int64_t counter) const {
  Json body = body_of(head, counter);
  body.set("hmac", hmac(key_, body.canonical()).text());
  std::string out = body.canonical() + "\n";
  out.resize(slot_bytes, ' ');
  return out;
}

Status HeadFile::create(const Head& head) {
  std::string both = slot(head, 0);
  both.resize(slot_distance, ' ');
  both += slot(head, 1);
  TRY(files_.write_durably(file_, both));
  return load();
}

/// The counter of a whole slot, which stands if it is the newer one; they are written in turn, even ones first. -1 when
/// it can't be read.
std::int64_t HeadFile::take(std::string_view bytes, bool even) {
  const auto end = bytes.find('\n');
  const auto json = end == std::string_view::npos ? Result<Json>(Json()) : Json::parse(bytes.substr(0, end));
  const auto named = json ? Digest::parse((*json)["digest"].string_or("")) : fail(errors::head_damaged);
  if (!named) return -1;
  const Head read{(*json)["store"].string_or(""), Seq{(*json)["seq"].integer_or(0)}, (*json)["epoch"].integer_or(0),
                  *named, (*json)["log"].string_or("")};
  const std::int64_t counter = (*json)["counter"].integer_or(-1);
  if (slot(read, counter) != bytes || (counter % 2 == 0) != even) return -1;   // the HMAC and every byte of padding
  if (counter > counter_) {
    counter_ = counter;
    head_ = read;
  }
  return counter;
}

Status HeadFile::load() {
  const auto bytes = files_.read(file_);
  if (!bytes)
    return bytes.error().is(errors::file_missing) ? Status(fail(errors::head_missing, {file_.string()}))
                                                  : Status(fail(bytes.error()));
  const std::string size = std::to_string(bytes->size());
  if (bytes->size() != file_bytes)
    return fail(errors::head_damaged, {"大小为 " + size + " 字节", "its size is " + size});
  counter_ = -1;
  const std::int64_t first = take(std::string_view(*bytes).substr(0, slot_bytes), true);
  const std::int64_t second = take(std::string_view(*bytes).substr(slot_distance), false);
  if (first < 0 && second < 0)
    return fail(errors::head_damaged, {"两份记录都对不上印记，请核对密钥文件",
                                       "no slot carries a valid HMAC; is the key file the right one?"});
  const std::string_view between = std::string_view(*bytes).substr(slot_bytes, slot_distance - slot_bytes);
  if (between.find_first_not_of(' ') != std::string_view::npos)
    return fail(errors::head_damaged, {"两份记录之间本应为空", "there is something between its two slots"});
  whole_ = first >= 0 && second >= 0 && std::abs(first - second) == 1;   // an older slot put back is none
  return {};
}

Status HeadFile::check_slots(Seq last) const {
  if (whole_ || last != head_.seq) return {};
  return fail(errors::head_damaged, {"两份记录中有一份读不出来", "one of its two slots can't be read"});
}

Status HeadFile::advance(const Head& head) {
  const std::int64_t next = counter_ + 1;
  const std::size_t at = next % 2 == 0 ? 0 : slot_distance;
  TRY(files_.write_at(file_, at, slot(head, next)));
  counter_ = next;
  head_ = head;
  whole_ = true;   // it was the spoilt slot's turn, if there was one
  return {};
}

}   // namespace gangmu::store
