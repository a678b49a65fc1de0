// SPDX-License-Identifier: Apache-2.0
// Memory that runs out on purpose: replaces operator new of a test program. For one source of a program, outside all
// namespaces.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

thread_local std::int64_t allocations_left = -1;   ///< the one after so many fails; below 0: none does

}   // namespace

[[gnu::noinline]] void* operator new(
    std::size_t size, const std::nothrow_t&) noexcept {   // a sanitizer's own would not go with our delete
  if (allocations_left >= 0 && allocations_left-- == 0) return nullptr;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
