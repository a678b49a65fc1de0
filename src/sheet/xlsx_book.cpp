// SPDX-License-Identifier: Apache-2.0
// The list of sheets: _rels/.rels → workbook part → its relations → part names.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/text.hpp"
#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"
#include "sheet/xlsx_parts.hpp"
#include "sheet/xml.hpp"

namespace gangmu::sheet {

namespace {

struct Relation {
  std::string type;   ///< last part of the type's address: "worksheet", "sharedStrings", "styles", "officeDocument"
  std::string target;
};

struct Relations final : XmlHandler {
  std::map<std::string, Relation, std::less<>> by_id;
  std::size_t limit;
  std::string file_name;

  Relations(std::size_t most, std::string file) : limit(most), file_name(std::move(file)) {}
  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return {};
    if (by_id.size() >= limit) return refuse_limit(LimitName::archive_entries, by_id.size() + 1, limit, where());
    const std::string_view type = attributes.get_or("Type", "");
    by_id[std::string(attributes.get_or("Id", ""))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                       std::string(attributes.get_or("Target", ""))};
    return {};
  }
  Status end(std::string_view) override { return {}; }
  Status text(std::string_view) override { return {}; }
  Position where() const override { return {.file = file_name, .line = 0, .column = 0, .cell = {}}; }
};

struct SheetList final : XmlHandler {
  struct Item {
    std::string name, relation;
    bool hidden;
  };
  std::vector<Item> items;
  bool epoch_1904 = false;
  const Reading& reading;

  explicit SheetList(const Reading& r) : reading(r) {}
  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") epoch_1904 = xml_true(attributes.get("date1904"));
    if (name != "sheet") return {};
    if (items.size() >= reading.limits.sheets) {
      return refuse_limit(LimitName::sheets, items.size() + 1, reading.limits.sheets, where());
    }
    const std::string_view state = attributes.get_or("state", "visible");
    items.push_back(
        {std::string(attributes.get_or("name", "")), std::string(attributes.relation_id()), state != "visible"});
    return {};
  }
  Status end(std::string_view) override { return {}; }
  Status text(std::string_view) override { return {}; }
  Position where() const override { return {.file = reading.file_name, .line = 0, .column = 0, .cell = {}}; }
};

/// %20 → a space; what is no escape stays.
std::string percent_decoded(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    unsigned value = 0;
    const char* digits = s.data() + i + 1;
    if (s[i] == '%' && i + 2 < s.size() && std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += s[i];
    }
  }
  return out;
}

/// A relation's target as a part name: relative to the folder of `base`, or absolute with '/'.
std::string resolve(std::string_view base, std::string target) {
  std::ranges::replace(target, '\\', '/');   // some writers of Windows use them
  std::vector<std::string> parts;
  if (!target.empty() && target.front() != '/' && base.find('/') != std::string_view::npos) {
    parts = text::split(base.substr(0, base.rfind('/')), '/');
  }
  for (std::string& piece : text::split(target, '/')) {
    if (piece.empty() || piece == ".") continue;
    if (piece == "..") {
      if (!parts.empty()) parts.pop_back();
    } else {
      parts.push_back(std::move(piece));
    }
  }
  return text::join(parts, "/");
}

/// The part a target means: as it is written, or with its escapes undone when only that is there.
std::string part_of(const Archive& archive, std::string_view base, const std::string& target) {
  std::string part = resolve(base, target);
  if (archive.has(part)) return part;
  std::string decoded = resolve(base, percent_decoded(target));
  return archive.has(decoded) ? decoded : part;
}

std::string relations_of(const std::string& part) {
  const auto slash = part.rfind('/');
  return slash == std::string::npos ? "_rels/" + part + ".rels"
                                    : part.substr(0, slash) + "/_rels/" + part.substr(slash + 1) + ".rels";
}

Result<std::string> workbook_part(Archive& archive, const Reading& reading) {
  Relations root(reading.limits.archive_entries, reading.file_name);
  if (archive.has("_rels/.rels")) TRY(read_xml(archive, "_rels/.rels", reading.limits, root));
  for (const auto& [id, relation] : root.by_id) {
    if (relation.type == "officeDocument") return part_of(archive, "", relation.target);
  }
  return "xl/workbook.xml";
}

}   // namespace

Result<BookParts> read_book_parts(Archive& archive, const Reading& reading) {
  TRY_ASSIGN(const std::string book, workbook_part(archive, reading));
  SheetList list(reading);
  TRY(read_xml(archive, book, reading.limits, list));
  Relations relations(reading.limits.archive_entries, reading.file_name);
  TRY(read_xml(archive, relations_of(book), reading.limits, relations));

  BookParts parts;
  parts.epoch_1904 = list.epoch_1904;
  for (const auto& [id, relation] : relations.by_id) {
    if (relation.type == "sharedStrings") parts.shared_strings = part_of(archive, book, relation.target);
    if (relation.type == "styles") parts.styles = part_of(archive, book, relation.target);
  }
  std::set<std::string> used;   // a part shown under two tabs would be read twice for nothing
  for (SheetList::Item& item : list.items) {
    if (item.relation.empty()) continue;   // modules of old macros are listed without one
    const auto found = relations.by_id.find(item.relation);
    if (found == relations.by_id.end()) {
      parts.sheets.push_back({std::move(item.name), {}, item.hidden});
      continue;
    }
    if (found->second.type != "worksheet") continue;   // chart and dialog sheets hold no cells
    std::string part = part_of(archive, book, found->second.target);
    if (!used.insert(text::lower_ascii(part)).second) return fail(errors::archive_duplicate, {part}, list.where());
    parts.sheets.push_back({std::move(item.name), std::move(part), item.hidden});
  }
  if (parts.sheets.empty()) return fail(errors::no_sheets, {}, list.where());
  return parts;
}

}   // namespace gangmu::sheet
