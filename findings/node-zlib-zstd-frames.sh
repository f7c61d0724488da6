#!/usr/bin/env bash
# Node's own zstd (node:zlib of Node 22.23.3 and 24.21.0, both with zstd 1.5.7): which frames of a file it gives.
#
# A .zst file may hold any number of frames, one behind another, as a gzip file may hold members: pzstd writes so, and so
# does whoever joins shards with cat. gunzipSync and createGunzip read all members. For zstd:
#
# - zstdDecompressSync gives the first frame, and no error for what follows, be it frames or garbage.
# - createZstdDecompress drops the rest of a chunk behind the end of a frame, and goes on with the next chunk: whether a
#   second frame is read depends on where the chunks of the stream happen to end.
# - A frame to be skipped, which other tools put first, is taken for the whole file: nothing comes out.
# - A file that was cut is an error with Node 24; Node 22 gives what is there, and ends in order.
#
# It matters to whoever reads dumps through it: a corpus of many frames loses nearly all its lines without a word.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts=false node22@npm:node@22.23.3 node24@npm:node@24.21.0

cat > read.mjs <<'EOF'
import { once } from "node:events";
import zlib from "node:zlib";

const first = zlib.zstdCompressSync("first\n");
const second = zlib.zstdCompressSync("second\n");
const both = Buffer.concat([first, second]);
const skipped = Buffer.from("502a4d18" + "04000000" + "01020304", "hex");

async function stream(...chunks) {
  const decoder = zlib.createZstdDecompress();
  let text = "";
  decoder.on("data", (part) => { text += part; });
  for (const chunk of chunks) decoder.write(chunk);
  decoder.end();
  await once(decoder, "end");
  return text;
}

async function show(what, act) {
  const found = await Promise.resolve().then(act).catch((error) => error.code);
  console.log(`${what}: ${JSON.stringify(String(found))}`);
}

await show("gzip, two members", () => zlib.gunzipSync(Buffer.concat([zlib.gzipSync("first\n"), zlib.gzipSync("second\n")])));
await show("zstd, two frames", () => zlib.zstdDecompressSync(both));
await show("zstd, a frame and garbage", () => zlib.zstdDecompressSync(Buffer.concat([first, Buffer.from("garbage")])));
await show("zstd, a skipped frame first", () => zlib.zstdDecompressSync(Buffer.concat([skipped, first])));
await show("stream, two frames in a chunk", () => stream(both));
await show("stream, a frame a chunk", () => stream(first, second));
await show("zstd, cut", () => zlib.zstdDecompressSync(first.subarray(0, -3)));
await show("stream, cut", () => stream(first.subarray(0, -3)));
EOF

same='gzip, two members: "first\nsecond\n"
zstd, two frames: "first\n"
zstd, a frame and garbage: "first\n"
zstd, a skipped frame first: ""
stream, two frames in a chunk: "first\n"
stream, a frame a chunk: "first\nsecond\n"'

# expect <version> <what a cut file gives>
expect() {
  local seen
  seen=$("node_modules/node$1/bin/node" read.mjs)
  printf 'Node %s\n%s\n\n' "$1" "$seen"
  diff <(echo "$seen") <(printf '%s\nzstd, cut: "%s"\nstream, cut: "%s"\n' "$same" "$2" "$2")
}

expect 22 fir
expect 24 Z_BUF_ERROR
