// SPDX-License-Identifier: Apache-2.0
#include "http/fetch.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

constexpr std::size_t fetched_bytes = 1u << 20;
constexpr std::size_t exchanged_bytes = 512u << 20;   // an answer of a server of ours, as client.cpp takes it
constexpr long patience_ms = 5000;

struct Free {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

std::size_t take(char* bytes, std::size_t one, std::size_t n, void* to) {
  auto& out = *static_cast<std::string*>(to);
  if (out.size() + one * n > fetched_bytes) return 0;   // ends the transfer
  out.append(bytes, one * n);
  return one * n;
}

bool may_be_asked(const std::string& url) {
  if (url.starts_with("https://")) return true;
  for (const char* here : {"http://127.0.0.1:", "http://localhost:", "http://[::1]:"})
    if (url.starts_with(here)) return true;
  return false;
}

/// Without its query, which may hold secrets.
std::string shown(const std::string& url) { return url.substr(0, std::min<std::size_t>(url.find('?'), 120)); }

std::size_t take_much(char* bytes, std::size_t one, std::size_t n, void* to) {
  auto& out = *static_cast<std::string*>(to);
  if (out.size() + one * n > exchanged_bytes) return 0;
  out.append(bytes, one * n);
  return one * n;
}

/// One line of the answer's head.
std::size_t take_field(char* bytes, std::size_t one, std::size_t n, void* to) {
  const std::string_view line(bytes, one * n);
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos)
    add_field(*static_cast<Answer*>(to), line.substr(0, colon), text::trim(line.substr(colon + 1)));
  return one * n;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}   // namespace

Result<Answer> exchange(std::string_view method, const std::string& url, const std::string& body,
                        const Client::Headers& headers, std::chrono::milliseconds patience, const std::string& ca) {
  const std::unique_ptr<CURL, Free> curl(curl_easy_init());
  if (!curl) return fail(errors::connect_failed, {shown(url), "no memory"});
  Answer out;
  std::unique_ptr<curl_slist, FreeList> fields(curl_slist_append(nullptr, "Expect:"));
  for (const auto& [name, value] : headers)
    fields.reset(curl_slist_append(fields.release(), (name + ": " + value).c_str()));
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, fields.get());
  curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, take_field);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, &out);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take_much);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &out.body);
  if (!ca.empty()) curl_easy_setopt(curl.get(), CURLOPT_CAINFO, ca.c_str());
  if (method == "POST") {
    curl_easy_setopt(curl.get(), CURLOPT_POST, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) return fail(errors::connect_failed, {shown(url), curl_easy_strerror(code)});
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  out.status = static_cast<int>(status);
  return out;
}

Result<std::string> fetch(const std::string& url, const std::optional<std::string>& form) {
  if (!may_be_asked(url)) return fail(errors::connect_failed, {shown(url), "https is wanted"});
  const std::unique_ptr<CURL, Free> curl(curl_easy_init());
  if (!curl) return fail(errors::connect_failed, {shown(url), "no memory"});
  std::string body;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, patience_ms);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
  if (form) {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(form->size()));
    curl_easy_setopt(curl.get(), CURLOPT_COPYPOSTFIELDS, form->c_str());
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (code == CURLE_WRITE_ERROR) return fail(errors::answer_failed, {shown(url), "it is too long"});
  if (code != CURLE_OK) return fail(errors::connect_failed, {shown(url), curl_easy_strerror(code)});
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status >= 500) return fail(errors::answer_failed, {shown(url), std::to_string(status)});
  return body;
}

}   // namespace gangmu::http
