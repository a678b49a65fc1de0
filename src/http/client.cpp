// SPDX-License-Identifier: Apache-2.0
#include "http/client.hpp"

#include <curl/curl.h>

#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

struct FreeFields {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Fields = std::unique_ptr<curl_slist, FreeFields>;

void append(Fields& fields, const std::string& line) {
  fields.reset(curl_slist_append(fields.release(), line.c_str()));
}

/// Nothing but what was given: libcurl adds fields of its own unless told not to.
Fields fields_of(const Client::Headers& headers) {
  Fields out;
  for (const char* unwanted : {"Accept", "Expect", "Content-Type"})
    if (!headers.contains(unwanted) && !headers.contains(text::lower_ascii(unwanted)))
      append(out, std::string(unwanted) + ":");
  for (const auto& [name, value] : headers) append(out, value.empty() ? name + ";" : name + ": " + value);
  return out;
}

struct Receiving {
  Answer answer;
  std::size_t most;
};

std::size_t take(char* bytes, std::size_t one, std::size_t n, void* to) {
  auto& [answer, most] = *static_cast<Receiving*>(to);
  if (answer.body.size() + one * n > most) return 0;   // ends the transfer
  answer.body.append(bytes, one * n);
  return one * n;
}

/// One line of the answer's head. A status line begins it anew: an interim answer (100) came before.
std::size_t take_field(char* bytes, std::size_t one, std::size_t n, void* to) {
  auto& headers = static_cast<Receiving*>(to)->answer.headers;
  const std::string_view line(bytes, one * n);
  if (line.starts_with("HTTP/")) headers.clear();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return one * n;
  const std::string_view value = text::trim(line.substr(colon + 1));
  const auto [field, fresh] = headers.try_emplace(text::lower_ascii(line.substr(0, colon)), value);
  if (!fresh) field->second += "\n" + std::string(value);
  return one * n;
}

/// Whether somebody was there and could be spoken to.
bool connected(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_WRITE_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_WEIRD_SERVER_REPLY: return true;
    default: return false;
  }
}

}   // namespace

struct Client::Parts {
  struct Free {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  };

  void set(std::string_view method, const std::string& target, const std::string& body, curl_slist* fields,
           Receiving& to) const {
    CURL* c = curl.get();
    curl_easy_reset(c);   // keeps the connection
    curl_easy_setopt(c, CURLOPT_URL, origin.c_str());
    curl_easy_setopt(c, CURLOPT_REQUEST_TARGET, target.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.patience.count()));
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_field);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, &to);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &to);
    if (limits.direct) curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
    if (!limits.ca.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, limits.ca.c_str());
    if (method == "POST" || !body.empty()) {
      curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
      curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.c_str());
    } else if (method == "HEAD") {
      curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
    }
    if (method != "GET" && method != "POST" && method != "HEAD")
      curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, std::string(method).c_str());
  }

  std::string origin;
  Limits limits;
  std::unique_ptr<CURL, Free> curl;
};

Client::Client(std::string origin) : Client(std::move(origin), Limits()) {}
Client::Client(std::string origin, Limits limits)
    : parts_(new Parts{.origin = std::move(origin),
                       .limits = std::move(limits),
                       .curl = std::unique_ptr<CURL, Parts::Free>(curl_easy_init())}) {}
Client::~Client() = default;

Result<Answer> Client::send(std::string_view method, std::string_view target, std::string body,
                            const Headers& headers) {
  const Parts& parts = *parts_;
  if (!parts.curl) return fail(errors::connect_failed, {parts.origin, "no memory"});
  const Fields fields = fields_of(headers);
  Receiving out{.answer = {}, .most = parts.limits.answer_bytes};
  parts.set(method, std::string(target), body, fields.get(), out);
  const CURLcode code = curl_easy_perform(parts.curl.get());
  if (code == CURLE_WRITE_ERROR) return fail(errors::answer_failed, {parts.origin, "it is too long"});
  if (code != CURLE_OK)
    return fail(connected(code) ? errors::answer_failed : errors::connect_failed,
                {parts.origin, curl_easy_strerror(code)});
  long status = 0;
  curl_easy_getinfo(parts.curl.get(), CURLINFO_RESPONSE_CODE, &status);
  out.answer.status = static_cast<int>(status);
  return std::move(out.answer);
}

}   // namespace gangmu::http
