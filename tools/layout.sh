#!/usr/bin/env bash
# Lays the code out with clang-format, ESLint and Prettier; with --check it only says what is not laid out.
set -euo pipefail
cd "$(dirname "$0")/.."
how=(-i)
web=format
if [[ "${1:-}" == --check ]]; then
  how=(--dry-run -Werror)
  web=lint
fi
git ls-files -z -co --exclude-standard '*.cpp' '*.hpp' | xargs -0 ls -1 -d 2>/dev/null | xargs -d '\n' clang-format "${how[@]}"
npm --prefix web run --silent "$web"
