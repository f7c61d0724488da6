#!/usr/bin/env bash
# usage: src/runtime/compile-wasm.sh src/search/threads/collect.c   (makes collect.wasm beside it; needs pip and python)
#
# The same source and compiler (zig 0.15.1) give the same bytes.
set -euo pipefail
source=$1
module=${source%.c}.wasm
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/tools"
"$folder/tools/bin/pip" install --quiet ziglang==0.15.1
ZIG_GLOBAL_CACHE_DIR=$folder/cache ZIG_LOCAL_CACHE_DIR=$folder/cache "$folder/tools/bin/python" -m ziglang cc \
  -target wasm32-freestanding -mcpu=generic+simd128+bulk_memory -O3 -s -nostdlib -Wall -Wextra -Werror \
  -Wl,--no-entry,--import-memory,-z,stack-size=1024 "$source" -o "$folder/module.wasm"
install -m 644 "$folder/module.wasm" "$module"
sha256sum "$module"
