// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_PLACE_ERRORS(X) \
  X(duplicate_code, 422, "地区代码“{0}”出现两次（{1}、{2}），一个代码只能对应一个地区", \
    "place code '{0}' appears twice ({1}, {2}); one code is one place") \
  X(duplicate_place, 422, "地区“{0}”与“{1}”使用同一内部编号 {2}，请重新编号", \
    "places '{0}' and '{1}' share the id {2}; give one of them another") \
  X(unknown_parent, 422, "地区“{0}”（{1}）的上级不在名单中，请补上其上级或改正上级代码", \
    "the parent of place '{0}' ({1}) is not in the list; add it or correct the parent's code") \
  X(level_out_of_order, 422, "地区“{0}”是 {1} 级，不能隶属于 {3} 级的“{2}”，上级必须更高", \
    "place '{0}' is of level {1} and can't stand under '{2}' of level {3}; a parent must be of a higher level") \
  X(cycle, 422, "地区“{0}”（{1}）经由上级又回到自身，请改正上级代码", \
    "place '{0}' ({1}) is its own ancestor; correct the parent's code") \
  X(several_roots, 422, "没有上级的地区只能有一个，除“{0}”外还有“{1}”，请填写其上级", \
    "only one place may have no parent; besides '{0}' there is '{1}': name its parent") \
  X(no_root, 422, "没有最上级的地区：名单为空或每个地区都填了上级，请让最高一级的上级留空", \
    "no place stands at the top: the list is empty or every place names a parent; leave the highest one's parent " \
    "empty") \
  X(id_missing, 422, "地区“{0}”没有内部编号", "place '{0}' has no id")

namespace gangmu::place {
GANGMU_DEFINE_ERRORS(place, GANGMU_PLACE_ERRORS)
}   // namespace gangmu::place
