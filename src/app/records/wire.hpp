// SPDX-License-Identifier: Apache-2.0
// How kinds and records look on the wire. Fields go by name, places by their code, texts of codes stand in the
// declaration of the kind; a personal value is told as hidden, whoever asks.
#pragma once

#include "app/json_body.hpp"
#include "app/records/desk.hpp"
#include "app/records/hidden_texts.hpp"

namespace gangmu::app::wire {

/// What a page needs to draw register, form and table of a kind: fields with types, codes, states, steps, views.
void kind(JsonWriter& out, const record::Catalogue& catalogue, const record::Kind& kind);

/// Members every answer about a record begins with: address, kind, number, title, seq, state, due …
void head(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record);
/// Members of `fields`: by name, in declared order; what is missing is left out.
void fields(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record,
            RecordTables& tables);

/// Typed values by field name, at most `rows_most` rows of one field. Personal ones are given to `seal` as canonical
/// text; numbers of persons in the others are `hidden`. All faults at once, each at its field. Errors: record
/// field_unknown, value_form, …
using Seal = std::function<Result<record::Sealed>(std::string text)>;
/// Of a field that holds a file, what the host knows of the one that was typed (files/files.hpp).
using Uploaded = std::function<Result<record::FileRef>(const record::Field& field, const Json& typed)>;
Result<record::Values> typed(const Picture& picture, const record::Kind& kind, const Json& json, std::size_t rows_most,
                             const Seal& seal, const Uploaded& uploaded, HiddenTexts& hidden);

/// A unit, post or account as people read it.
std::string who_name(const Picture& picture, const record::Who& who);
/// The title of a record: its title fields, else its number, else its address.
std::string title(const Picture& picture, const record::Kind& kind, const record::Record& record);
/// A value as a cell of a sheet shows it.
std::string value_text(const Picture& picture, const record::Catalogue& catalogue, const record::Field& field,
                       const record::Value& value, Language language);

}   // namespace gangmu::app::wire
