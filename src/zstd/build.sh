#!/usr/bin/env bash
# usage: src/zstd/build.sh   (makes zstd.wasm beside it; needs npm, pip and python)
#
# zstd 1.5.7, whose sources the npm package zstd-napi carries, compiled by zig 0.15.1. The same sources and compiler give
# the same bytes: without another version, nothing changes. Of the compressing strategies those of levels 1 to 4 are kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm pack --silent zstd-napi@0.0.13 >/dev/null
echo "5b76defc67c808989c5f3920e14f662d6318b84b8d53ac3e94b99463d8d65e76  zstd-napi-0.0.13.tgz" | sha256sum --check --quiet
tar -xf zstd-napi-0.0.13.tgz
python3 -m venv tools
tools/bin/pip install --quiet ziglang==0.15.1

cd package/deps/zstd/lib
left_out=(-DZSTD_EXCLUDE_{GREEDY,LAZY,LAZY2,BTLAZY2,BTOPT,BTULTRA}_BLOCK_COMPRESSOR)
used=(
  malloc free ZSTD_isError ZSTD_getErrorName
  ZSTD_createDCtx ZSTD_freeDCtx ZSTD_DCtx_reset ZSTD_DCtx_loadDictionary ZSTD_decompressStream
  ZSTD_createCCtx ZSTD_freeCCtx ZSTD_CCtx_setParameter ZSTD_compressStream2
)
ZIG_GLOBAL_CACHE_DIR=$folder/cache ZIG_LOCAL_CACHE_DIR=$folder/cache "$folder/tools/bin/python" -m ziglang cc \
  -target wasm32-wasi -mexec-model=reactor -mcpu=generic+simd128+bulk_memory -O3 -s \
  -DNDEBUG -DZSTD_DISABLE_ASM=1 "${left_out[@]}" \
  -I. common/*.c compress/*.c decompress/*.c \
  -Wl,-z,stack-size=1048576 "${used[@]/#/-Wl,--export=}" -o "$folder/zstd.wasm"
install -m 644 "$folder/zstd.wasm" "$here/zstd.wasm"
cp ../LICENSE "$here/LICENSE"
sha256sum "$here/zstd.wasm"
