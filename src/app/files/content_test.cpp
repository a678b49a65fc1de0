// SPDX-License-Identifier: Apache-2.0
// What is taken, what is refused, and what is left out of pictures. The pictures are made here, byte by byte.
#include "app/files/content.hpp"

#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/files/pictures.hpp"

namespace gangmu::app {
namespace {

using namespace std::string_literals;

std::string segment(unsigned char marker, const std::string& content) {
  const std::size_t size = content.size() + 2;
  return "\xFF"s + static_cast<char>(marker) + static_cast<char>(size >> 8) + static_cast<char>(size) + content;
}

const std::string jfif = segment(0xE0, "JFIF\0\1\1\0\0\1\0\1\0\0"s), adobe = segment(0xEE, "Adobe\0d\0\0\0\0\0"s),
                  table = segment(0xDB, std::string(65, 'q')), frame = segment(0xC0, "\x08\0\x10\0\x10\1\1\x11\0"s),
                  coded = segment(0xDA, "\1\1\0\0\x3F\0"s) + "\x12\xFF\0\x34\xFF\xD0\x56"s;

/// Exif with a place, a device, and which way up (tag 0x0112), in either order of bytes.
std::string exif(bool big, char way) {
  const std::string entry =
      big ? "\x01\x12\0\x03\0\0\0\1\0"s + way + "\0\0"s : "\x12\x01\3\0\1\0\0\0"s + way + "\0\0\0"s;
  const std::string make = big ? "\x01\x0F\0\2\0\0\0\4CAM\0"s : "\x0F\x01\2\0\4\0\0\0CAM\0"s;
  return segment(0xE1, "Exif\0\0"s + (big ? "MM\0\x2A\0\0\0\x08\0\2"s : "II\x2A\0\x08\0\0\0\2\0"s) + make + entry +
                           "\0\0\0\0GPS 22.5N 113.1E"s);
}

std::string picture(const std::string& beside) { return "\xFF\xD8"s + beside + table + frame + coded; }

TEST(FileContent, WhatACameraWroteBesideAPictureIsNotKept) {
  const std::string xmp = segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"s),
                    icc = segment(0xE2, "ICC_PROFILE\0"s), comment = segment(0xFE, "taken by somebody"s);
  for (const bool big : {false, true}) {
    const auto kept =
        file_content(picture(jfif + exif(big, 1) + xmp + icc + comment + adobe) + "\xFF\xD9 behind the end"s);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->type, "image/jpeg");
    EXPECT_EQ(kept->bytes, picture(jfif + adobe) + "\xFF\xD9"s);
  }
}

TEST(FileContent, APictureStaysTheRightWayUp) {
  for (const bool big : {false, true}) {
    const auto kept = file_content(picture(jfif + exif(big, 6)) + "\xFF\xD9"s);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->bytes.find("GPS"), std::string::npos);
    EXPECT_EQ(kept->bytes.find("CAM"), std::string::npos);
    EXPECT_NE(kept->bytes.find("Exif\0\0MM\0\x2A\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"s),
              std::string::npos);
    EXPECT_EQ(file_content(kept->bytes)->bytes, kept->bytes) << "what is kept is kept again as it is";
  }
  const auto odd = file_content(picture(exif(true, 99)) + "\xFF\xD9"s);
  EXPECT_EQ(odd->bytes, picture("") + "\xFF\xD9"s) << "no such way";
}

TEST(FileContent, APictureThatIsCutIsDamagedWhereverItIsCut) {
  const std::string whole = picture(jfif + exif(false, 3) + exif(true, 8)) + "\xFF\xD9"s;
  for (std::size_t n = 3; n < whole.size(); ++n) EXPECT_FALSE(file_content(whole.substr(0, n))) << n;
  EXPECT_TRUE(file_content(whole.substr(0, 20)).error().is(errors::file_damaged));
  EXPECT_FALSE(file_content("\xFF\xD8\xFF\xD9"s)) << "no picture in it";
}

std::string chunk(const std::string& type, const std::string& content) {
  const auto size = static_cast<unsigned>(content.size());
  return std::string{static_cast<char>(size >> 24), static_cast<char>(size >> 16), static_cast<char>(size >> 8),
                     static_cast<char>(size)} +
         type + content + "sum."s;
}

TEST(FileContent, TextsOfAPngAreNotKept) {
  const std::string begin = "\x89PNG\r\n\x1A\n"s + chunk("IHDR", std::string(13, 'h')) + chunk("gAMA", "1234"),
                    end = chunk("IDAT", "data") + chunk("IEND", "");
  std::string notes;
  for (const char* type : {"tEXt", "zTXt", "iTXt", "eXIf", "tIME"}) notes += chunk(type, "GPS 22.5N");
  const auto kept = file_content(begin + notes + end + "behind");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->type, "image/png");
  EXPECT_EQ(kept->bytes, begin + end);
  const std::string whole = begin + end;
  for (std::size_t n = 8; n < whole.size(); ++n) EXPECT_FALSE(file_content(whole.substr(0, n))) << n;
  EXPECT_FALSE(file_content("\x89PNG\r\n\x1A\n"s + chunk("tEXt", "") + whole.substr(8))) << "IHDR comes first";
}

TEST(FileContent, OnlyTheseTypesAreTakenAndByContent) {
  EXPECT_EQ(file_content("%PDF-1.7\n")->type, "application/pdf");
  for (const std::string& other :
       {""s, "plain text"s, "GIF89a"s, "MZ\x90\0"s, "\x7F"s + "ELF"s, "<html>"s, "<?xml version='1.0'?><svg/>"s,
        "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s, "PK\3\4 no archive"s, "RIFF....WEBP"s}) {
    const auto refused = file_content(other);
    ASSERT_FALSE(refused) << other;
    EXPECT_TRUE(refused.error().is(errors::file_refused)) << other;
  }
  EXPECT_EQ(file_ending("image/jpeg"), "jpg");
  EXPECT_EQ(file_ending("text/html"), "");
}

}   // namespace
}   // namespace gangmu::app
