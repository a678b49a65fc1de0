// SPDX-License-Identifier: Apache-2.0
// Which form of an answer the client gets: entity tags (weak, from the seq), conditional requests, content encodings.
// Source: RFC 9110 §8.8, §12.5.3, §13.1; RFC 1952 (gzip).
#pragma once

#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/ids.hpp"

namespace gangmu::http {

/// W/"<seq>-<programme>-<form>-<version>-<day>". The day is in it because an answer may tell what is due today; the
/// version, because an upgrade may change how the same seq is told.
std::string entity_tag(Seq seq, std::string_view programme, std::string_view form, std::string_view version,
                       Date today);
/// Whether an If-None-Match list names the tag, compared weakly; "*" names every one.
bool names_tag(std::string_view if_none_match, std::string_view tag);

/// Whether an Accept-Encoding list takes the coding ("gzip", "br").
bool accepts(std::string_view accept_encoding, std::string_view coding);
bool compressible(std::string_view content_type);
/// Speed before size (level 1): answers are made anew each time.
std::string gzip(std::string_view bytes, int level = 1);

}   // namespace gangmu::http
