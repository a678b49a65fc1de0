// SPDX-License-Identifier: Apache-2.0
// What programmes share: folders of kinds, flows, code lists and limits without places, beside the packs. A pack names
// them in programme.yaml (uses: [registers@1]); they are read as files of the pack, so that a programme has versions of
// its own. A file of the pack takes the place of a shared one by the same name.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "pack/pack.hpp"

namespace gangmu::pack {

/// The files of programmes/common/<name>; empty when there is no such folder.
using CommonFolder = std::function<Files(const std::string& name)>;

/// The files of a pack with those it uses. What can't be found is told when the pack is read (uses_unknown).
Files with_common(Files files, const CommonFolder& folder);

/// Stands among the files for each folder that was found.
std::string common_marker(std::string_view used);

}   // namespace gangmu::pack
