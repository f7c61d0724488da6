#!/usr/bin/env bash
# Node's gunzip (node:zlib of Node 20.20.0 and 24.21.0) beside Python's gzip: what is given of a file of good members.
#
# A dump or a corpus in gzip is often many members, joined by cat or padded by a tape or a block device.
#
# - Where other bytes stand behind the last member, createGunzip fails without giving what it had decoded in its buffer: of a
#   thousand lines none, though all of them are whole. Where a checksum is wrong it is the same. Python's zlib, which is
#   stepped in the same way, gives them all before it fails.
# - Behind zeros createGunzip ends in order, whatever follows: a member there is lost without a word. Python's gzip reads it.
# - gunzipSync does the same on both counts.
#
# It matters to whoever keeps what stands before a fault, or reads joined dumps: which lines are there depends on the size of
# a buffer. Raw deflate, member by member, with the checksum looked at afterwards, gives everything.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts=false node20@npm:node@20.20.0 node24@npm:node@24.21.0

cat > make.py <<'PY'
import gzip, zlib

lines = gzip.compress(b"".join(b"line %d\n" % i for i in range(1000)), mtime=0)
files = {
    "padded": lines + bytes(512) + lines,
    "followed": lines + b"other bytes",
    "checksum": lines[:-8] + bytes(4) + lines[-4:],
}
for name, data in files.items():
    open(name, "wb").write(data)
print("Python, padded:", gzip.open("padded").read().count(b"\n"))
for name in ["followed", "checksum"]:
    step, given = zlib.decompressobj(31), b""
    try:
        # The members' data, and then their last eight bytes.
        for part in [files[name][: len(lines) - 8], files[name][len(lines) - 8 :]]:
            given += step.decompress(part)
    except zlib.error:
        pass
    print(f"Python, {name}:", given.count(b"\n"))
PY
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createGunzip, gunzipSync } from "node:zlib";

for (const name of ["padded", "followed", "checksum"]) {
  const data = readFileSync(name);
  const lines = await new Promise((resolve) => {
    const stream = createGunzip();
    let text = "";
    stream.on("data", (part) => { text += part; });
    for (const event of ["end", "error"])
      stream.on(event, () => resolve(`${text.split("\n").length - 1}, ${event}`));
    stream.end(data);
  });
  let sync;
  try { sync = String(gunzipSync(data)).split("\n").length - 1; } catch (error) { sync = error.code; }
  console.log(`Node, ${name}: ${lines} · at once: ${sync}`);
}
JS
found=$(python3 make.py; for node in node20 node24; do "node_modules/$node/bin/node" read.mjs; done)
echo "$found"
diff <(echo "$found") - <<'TXT'
Python, padded: 2000
Python, followed: 1000
Python, checksum: 1000
Node, padded: 1000, end · at once: 1000
Node, followed: 0, error · at once: Z_DATA_ERROR
Node, checksum: 0, error · at once: Z_DATA_ERROR
Node, padded: 1000, end · at once: 1000
Node, followed: 0, error · at once: Z_DATA_ERROR
Node, checksum: 0, error · at once: Z_DATA_ERROR
TXT
