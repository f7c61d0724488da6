#!/usr/bin/env bash
# hyparquet 1.33.0 (npm; the usual reader of Parquet in JavaScript), a file of pyarrow 26.0.1: which values it gives.
#
# - Bytes without a type of text are a text, with U+FFFD for what is no UTF-8: two values that differ become one.
# - A decimal is a double: 12345678901234567890.12 loses its last digits, as do whole numbers in a column of JSON.
# - A time of day is a bare number in the unit of its column, milliseconds or (a bigint) microseconds.
# - A timestamp in nanoseconds is a Date: what is below a millisecond is gone.
# - A map is an object: of two equal keys the last counts.
#
# Nothing is told of any of these. Datasets of this field keep sounds, images and identifiers as bytes, metadata as JSON and
# the times of subtitles: whoever passes rows on as JSON lines writes other values than the file has. { utf8: false } keeps
# bytes; the others take parsers of one's own, or a schema that is changed before rows are read.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet pyarrow==26.0.1
npm install --silent --no-audit --no-fund hyparquet@1.33.0

cat > write.py <<'PY'
from datetime import time
from decimal import Decimal
import pyarrow as pa
import pyarrow.parquet as pq

columns = {
    "bytes": pa.array([b"caf\xe9", b"caf\xe8"], pa.binary()),
    "decimal": pa.array([Decimal("12345678901234567890.12"), Decimal("0.10")], pa.decimal128(22, 2)),
    "json": pa.array(['{"id":12345678901234567890}', '{"id":12345678901234567891}'], pa.json_()),
    "milliseconds": pa.array([time(0, 0, 1, 500000)] * 2, pa.time32("ms")),
    "microseconds": pa.array([time(0, 0, 1, 500000)] * 2, pa.time64("us")),
    "timestamp": pa.array([1704164645678901234, 1704164645678901235], pa.timestamp("ns")),
    "map": pa.array([[("a", 1), ("a", 2)], [("b", 3)]], pa.map_(pa.string(), pa.int64())),
}
pq.write_table(pa.table(columns), "rows.parquet")
PY
tools/bin/python write.py

cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parquetReadObjects } from "hyparquet";

const file = Uint8Array.from(readFileSync("rows.parquet")).buffer;
const [first, second] = await parquetReadObjects({ file });
const show = (value) => {
  if (value instanceof Date) return `Date ${value.toISOString()}`;
  return JSON.stringify(value, (_, found) => (typeof found === "bigint" ? `bigint ${found}` : found));
};
for (const name of Object.keys(first)) console.log(`${name}: ${show(first[name])}, ${show(second[name])}`);
console.log("bytes are the same:", first.bytes === second.bytes);
const bare = await parquetReadObjects({ file, utf8: false });
console.log("with utf8: false:", bare.map(({ bytes }) => Buffer.from(bytes).toString("hex")).join(", "));
JS
found=$(node read.mjs)
echo "$found"
diff <(echo "$found") - <<'TXT'
bytes: "caf�", "caf�"
decimal: 12345678901234567000, 0.1
json: {"id":12345678901234567000}, {"id":12345678901234567000}
milliseconds: 1500, 1500
microseconds: "bigint 1500000", "bigint 1500000"
timestamp: Date 2024-01-02T03:04:05.678Z, Date 2024-01-02T03:04:05.678Z
map: {"a":"bigint 2"}, {"b":"bigint 3"}
bytes are the same: true
with utf8: false: 636166e9, 636166e8
TXT
