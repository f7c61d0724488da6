"""Makes the files beside it with pyarrow: python made.py (pyarrow 17 or later)."""

import math
from datetime import time
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

PAIRS = [("Haus", "house"), ("Mühle", "mill"), ("", "nothing"), ("東京", "Tokyo"), ("Fluß\t2", "river\n2")]

translation = pa.array(
    [{"de": de, "en": en} for de, en in PAIRS], pa.struct([("de", pa.string()), ("en", pa.string())])
)
ids = pa.array([9007199254740993 + i for i in range(len(PAIRS))], pa.int64())
hub = pa.table({"id": ids, "translation": translation})
for codec in ["none", "snappy", "gzip", "zstd", "brotli"]:
    pq.write_table(hub, f"hub-{codec}.parquet", compression=codec, row_group_size=2)

flat = pa.table(
    {
        "src": pa.array([de for de, _ in PAIRS] + [None]),
        "tgt": pa.array([en for _, en in PAIRS] + ["left"]),
        "score": pa.array([0.5, 0.25, 1.0, None, 2.0, 3.0], pa.float64()),
        "when": pa.array([0, 86400000, None, 1, 2, 3], pa.timestamp("ms")),
        "tags": pa.array([["a"], [], None, ["b", "c"], ["d"], ["e"]]),
    }
)
pq.write_table(flat, "flat.parquet", data_page_version="2.0", use_dictionary=False)

texts = pa.table({"url": ["https://a.org", "https://b.org"], "text": ["Eins.\nZwei.", "Drei."], "id": ["x", "y"]})
pq.write_table(texts, "texts.parquet", compression="zstd")

labelled = pa.table(
    {"source": ["a", "b"], "target": ["A", "x"], "score": pa.array([2, 1], pa.int64()), "good": pa.array([1, 0], pa.int32())}
)
pq.write_table(labelled, "labelled.parquet")

lz4 = pa.table({"text": ["Eins."] * 100})
pq.write_table(lz4, "lz4.parquet", compression="lz4")

raw = pa.table({"source": pa.array([b"a", b"\xff\xfe"], pa.binary()).view(pa.string()), "target": ["b", "c"]})
pq.write_table(raw, "bad-utf8.parquet", compression="none")

exact = pa.table(
    {
        "source": ["a", "b", "c"],
        "target": ["A", "B", "C"],
        "big": pa.array([Decimal("12345678901234567890.12"), Decimal("-0.05"), None], pa.decimal128(22, 2)),
        "small": pa.array([Decimal("1.50"), Decimal("-7.25"), None], pa.decimal128(5, 2)),
        "us": pa.array([1, -1, None], pa.timestamp("us")),
        "ns": pa.array([1_000_000_001, 1_500_000_000, None], pa.timestamp("ns")),
        "time": pa.array([time(1, 2, 3, 4), time(23, 59, 59), None], pa.time64("us")),
        "list": pa.array([[Decimal("0.1")], [], None], pa.list_(pa.decimal128(20, 1))),
        "in": pa.array([{"t": time(4, 5, 6)}, None, {"t": None}], pa.struct([("t", pa.time32("ms"))])),
        "float": pa.array([math.inf, math.nan, -0.5], pa.float64()),
    }
)
pq.write_table(exact, "exact.parquet", store_decimal_as_integer=True)

bytes_ = pa.table(
    {
        "source": ["a", "b"],
        "target": ["x", "y"],
        "title": pa.array([b"ok", b"caf\xe9"], pa.binary()).view(pa.string()),
        "raw": [b"ok", b"\xff\x00"],
        "image": pa.array([{"bytes": b"ok", "path": "a"}, None], pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
    }
)
pq.write_table(bytes_, "bytes.parquet")

json = pa.array(['{"a":12345678901234567890,\n "b":1.10}', "{bad"])
nested = pa.table(
    {
        "source": ["a", "b"],
        "target": ["x", "y"],
        "json": pa.ExtensionArray.from_storage(pa.json_(), json),
        "decimals": pa.array(
            [[("k", Decimal("12345678901234567890.12")), ("l", None)], []], pa.map_(pa.string(), pa.decimal128(30, 2))
        ),
        "times": pa.array([[("k", time(1, 2, 3, 4))], None], pa.map_(pa.string(), pa.time64("us"))),
        "keys": pa.array([[(Decimal("1.50"), b"ok")], [(Decimal("-0.05"), None)]], pa.map_(pa.decimal128(30, 2), pa.binary())),
        "bytes": pa.array([[(b"\xff\x00", 1)], []], pa.map_(pa.binary(), pa.int64())),
        "maps": pa.array(
            [[[("q", [("k", Decimal("1.50"))]), ("r", None)], None], []],
            pa.list_(pa.map_(pa.string(), pa.map_(pa.string(), pa.decimal128(5, 2)))),
        ),
    }
)
pq.write_table(nested, "nested.parquet")

invalid = pa.array([b"\xff", b"ok"], pa.binary()).view(pa.string())
both = pa.array(["de", "en"])
maps = pa.table(
    {
        "m": pa.array([[("de", b"Hallo Welt"), ("en", b"Hello")]], pa.map_(pa.string(), pa.binary())),
        "texts": pa.MapArray.from_arrays([0, 2], both, invalid),
        "years": pa.array([[(2024, [{"raw": b"ok", "text": "ok"}])]], pa.map_(pa.int64(), pa.list_(pa.struct([("raw", pa.binary()), ("text", pa.string())])))),
    }
)
pq.write_table(maps, "maps.parquet")

beyond = [2**63 - 1, 0]
far = pa.table(
    {
        "source": ["a", "b"],
        "target": ["x", "y"],
        "ms": pa.array(beyond, pa.timestamp("ms")),
        "us": pa.array(beyond, pa.timestamp("us")),
    }
)
pq.write_table(far, "far.parquet")
