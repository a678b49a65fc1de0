// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pack/errors.hpp"
#include "pack/reader.hpp"
#include "sheet/marked_file.hpp"

namespace gangmu::pack {

void Faults::add(const ErrorKind& kind, std::vector<std::string> arguments, Position where) {
  if (++count_[where.file] > faults_per_file) return;
  list_.push_back({&kind, std::move(arguments), std::move(where)});
}

void Faults::add(const Error& error) {
  for (const Diagnostic& d : error.all()) add(*d.kind, d.arguments, d.where);
}

void Faults::add(const Error& error, const Position& where) {
  for (const Diagnostic& d : error.all()) add(*d.kind, d.arguments, d.where.file.empty() ? where : d.where);
}

Diagnostics Faults::take() {
  for (const auto& [file, count] : count_)
    if (count > faults_per_file)
      list_.push_back({&errors::faults_more,
                       {std::to_string(count - faults_per_file)},
                       {.file = file, .line = 0, .column = 0, .cell = {}}});
  std::ranges::stable_sort(list_, [](const Diagnostic& a, const Diagnostic& b) {
    const auto line = [](const Diagnostic& d) { return d.where.line == 0 ? INT32_MAX : d.where.line; };
    return std::tuple(a.where.file, line(a)) < std::tuple(b.where.file, line(b));
  });
  return std::move(list_);
}

void Reader::check_paths() {
  std::vector<std::string> known;
  for (const FileLayout& layout : layouts()) known.emplace_back(layout.path);
  for (const auto& [path, bytes] : files_) {
    const Position where{.file = path, .line = 1, .column = 0, .cell = {}};
    if (bytes.size() > file_bytes_limit)
      faults.add(errors::file_too_large, {path, std::to_string(bytes.size()), std::to_string(file_bytes_limit)}, where);
    if (layout_of(path) || is_companion(path)) continue;
    const auto [zh, en] = did_you_mean(path, known);
    faults.add(errors::file_unknown, {path, zh, en}, where);
  }
  for (const FileLayout& layout : layouts()) {
    const std::string path(layout.path);
    if (layout.required && !files_.contains(path))
      faults.add(errors::file_missing, {path}, {.file = path, .line = 0, .column = 0, .cell = {}});
  }
}

void Reader::read() {
  check_paths();
  read_programme();
  read_places();
  const auto each = [&](FileForm form, const auto& use) {
    for (const auto& [path, bytes] : files_)
      if (const FileLayout* layout = layout_of(path);
          layout && layout->form == form && bytes.size() <= file_bytes_limit)
        use(path, *layout);
  };
  each(FileForm::rows, [&](const std::string& path, const FileLayout& layout) { read_rows(path, layout); });
  each(FileForm::table, [&](const std::string& path, const FileLayout& layout) { read_table(path, layout); });
  std::ranges::stable_sort(pack.definitions, {}, [](const Definition& d) { return std::tie(d.kind, d.id, d.version); });
  for (const Definition& source : pack.definitions)
    if (source.kind == "source" && source.body["grade"].string())
      source_grades_[source.id] = static_cast<fact::Grade>((*source.body["grade"].string())[0] - 'A');
  check_indicators();
  take_successors();
  check_frames();
  each(FileForm::figures, [&](const std::string& path, const FileLayout& layout) { read_figures(path, layout); });
  each(FileForm::tasks, [&](const std::string& path, const FileLayout& layout) { read_tasks(path, layout); });
  each(FileForm::document, [&](const std::string& path, const FileLayout& layout) {
    if (layout.kind == "roles")
      read_roles(path);
    else
      read_scheme(path);
  });
  each(FileForm::list, [&](const std::string& path, const FileLayout& layout) { read_list(path, layout); });
  each(FileForm::named, [&](const std::string& path, const FileLayout& layout) { read_named(path, layout); });
  each(FileForm::outlines, [&](const std::string& path, const FileLayout&) { read_outlines(path); });
  std::ranges::stable_sort(pack.definitions, {}, [](const Definition& d) { return std::tie(d.kind, d.id, d.version); });
  check_tiles();
  check_classes();
  check_codes();
  check_real_places();
  check_kinds();
  settle();
  for (const auto& [key, body] : bodies_) pack.written[key] = body.positions;
}

void Reader::settle() {
  for (const Pending& p : pending_) {
    const auto& known = ids_[p.kind];
    if (known.contains(p.id)) continue;
    std::vector<std::string> names;
    for (const auto& [id, where] : known) names.push_back(id);
    const auto [zh, en] = did_you_mean(p.id, names);
    faults.add(errors::reference_unknown, {p.column, p.id, std::string(layout_of_kind(p.kind)->path), zh, en}, p.where);
  }
}

namespace {

/// Before anything is read of them: faults repeat what files hold.
Status refuse_marked(const Files& files) {
  for (const auto& [path, bytes] : files) TRY(sheet::refuse_marked_file(bytes, path));
  return {};
}

}   // namespace

Result<Pack> read_pack(const Files& files) {
  TRY(refuse_marked(files));
  Reader reader(files);
  reader.read();
  if (!reader.faults.empty()) return fail(reader.faults.take());
  return std::move(reader.pack);
}

Lint lint_all(const Files& files) {
  if (const Status unmarked = refuse_marked(files); !unmarked) return {unmarked.error().all(), {}};
  Reader reader(files);
  reader.read();
  return {reader.faults.take(), reader.notes.take()};
}

Diagnostics lint(const Files& files) { return lint_all(files).faults; }

std::vector<const Definition*> Pack::of_kind(std::string_view kind) const {
  std::vector<const Definition*> out;
  for (const Definition& d : definitions)
    if (d.kind == kind) out.push_back(&d);
  return out;
}

const Definition* Pack::find(std::string_view kind, std::string_view id) const {
  const Definition* out = nullptr;
  for (const Definition& d : definitions)
    if (d.kind == kind && d.id == id && (!out || out->version < d.version)) out = &d;
  return out;
}

}   // namespace gangmu::pack
