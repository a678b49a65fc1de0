#!/usr/bin/env bash
# Builds web/dist when npm is there and a source is newer; says so when it is not.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
if ! command -v npm >/dev/null; then
  echo "web: npm is not installed; the program will serve a stub page"
  exit 0
fi
cd web
if [[ ! -d node_modules || package-lock.json -nt node_modules/.package-lock.json ]]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
if [[ ! -f dist/index.html || -n "$(find src index.html package.json vite.config.ts -newer dist/index.html -print -quit)" ]]; then
  npm run build --silent
fi
