"""Makes vectors as NumPy and LASER write them, with their texts, and mines them by the ratio margin
(Artetxe & Schwenk 2019) in NumPy: python3 test/jobs/foreign/margin_reference.py

Both texts have a blank line, a line that stands twice and a row of zeros; no row is of unit length. Made with NumPy 2,
safetensors, PyTorch 2 and pyarrow 26.
"""

import json
import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch
from safetensors.numpy import save_file
from safetensors.torch import save_file as save_tensors

HERE = Path(__file__).parent
K = 4
DIMENSIONS = 16


def make_side(name, rows, draw, common):
    vectors = common[rows] + 0.8 * draw.standard_normal((len(rows), DIMENSIONS))
    vectors = (vectors * draw.uniform(0.5, 3, (len(rows), 1))).astype(np.float32)
    lines = [f"{name} {row}" for row in rows]
    lines[5] = ""
    lines[9] = lines[3]
    vectors[12] = 0
    return lines, vectors


def mine(source, target):
    (source_lines, source_rows), (target_lines, target_rows) = (searched(*side) for side in (source, target))
    cosines = source_rows @ target_rows.T
    forward = np.argsort(-cosines, axis=1)[:, :K]
    backward = np.argsort(-cosines, axis=0)[:K].T
    means = (
        np.take_along_axis(cosines, forward, 1).mean(1)[:, None]
        + np.take_along_axis(cosines.T, backward, 1).mean(1)[None, :]
    ) / 2
    scores = cosines / means
    best = {(i, max(row, key=lambda j: scores[i, j])) for i, row in enumerate(forward)}
    best |= {(max(column, key=lambda i: scores[i, j]), j) for j, column in enumerate(backward)}
    used, pairs = (set(), set()), []
    for i, j in sorted(best, key=lambda pair: -scores[pair]):
        if i in used[0] or j in used[1]:
            continue
        used[0].add(i)
        used[1].add(j)
        pairs.append([float(scores[i, j]), source_lines[i], target_lines[j]])
    return pairs


def searched(lines, vectors):
    """The rows of distinct lines that are not blank and not zero, of unit length."""
    rows = [row for row, line in enumerate(lines) if line and lines.index(line) == row and vectors[row].any()]
    kept = vectors[rows].astype(np.float64)
    return [lines[row] for row in rows], kept / np.linalg.norm(kept, axis=1, keepdims=True)


def rounded(vectors):
    """As bfloat16 has them."""
    return torch.from_numpy(vectors).bfloat16()


def scored(source, target):
    """The margin of line n's vector and line n's, as a bitext's pairs: None where a line is blank or its row zero."""
    (source_lines, source_rows), (target_lines, target_rows) = (searched(*side) for side in (source, target))
    cosines = source_rows @ target_rows.T
    forward, backward = (np.sort(cosines, axis=axis) for axis in (1, 0))
    means = (forward[:, -K:].mean(1)[:, None] + backward[-K:].mean(0)[None, :]) / 2
    scores = cosines / means
    return [
        float(scores[source_lines.index(x), target_lines.index(y)])
        if x in source_lines and y in target_lines
        else None
        for x, y in zip(source[0], target[0])
    ]


def wrong_choices(source, target):
    """xsim in both directions: how many lines find another than their own by margin. Blank lines and zeros find nothing."""
    sides = []
    for lines, vectors in (source, target):
        there = [row for row, line in enumerate(lines) if line and vectors[row].any()]
        rows = vectors[there].astype(np.float64)
        sides.append((there, rows / np.linalg.norm(rows, axis=1, keepdims=True)))
    cosines = sides[0][1] @ sides[1][1].T
    forward, backward = (np.sort(cosines, axis=axis) for axis in (1, 0))
    scores = cosines / ((forward[:, -K:].mean(1)[:, None] + backward[-K:].mean(0)[None, :]) / 2)
    wrong = []
    for own, other, near, by_margin in (
        (sides[0][0], sides[1][0], cosines, scores),
        (sides[1][0], sides[0][0], cosines.T, scores.T),
    ):
        best = {own[i]: other[max(np.argsort(-near[i])[:K], key=lambda j: by_margin[i, j])] for i in range(len(own))}
        wrong.append(sum(best.get(line) != line for line in range(len(source[0]))))
    return wrong


def write_parquet(path, lines, vectors):
    """Lists in every layout and of every type, in row groups of seven rows and pages of few."""
    lists = vectors.tolist()
    half = [list(row) for row in vectors.astype(np.float16)]
    columns = {
        "text": pa.array(lines),
        "number": pa.array([[n] for n in range(len(lines))], pa.list_(pa.int32())),
        "float": pa.array(lists, pa.list_(pa.float32())),
        "double": pa.array(lists, pa.list_(pa.float64())),
        "half": pa.array(half, pa.list_(pa.float16())),
        "fixed": pa.array(lists, pa.list_(pa.float32(), DIMENSIONS)),
        "large": pa.array(lists, pa.large_list(pa.float32())),
        "strict": pa.array(lists, pa.list_(pa.field("item", pa.float32(), nullable=False))),
        "in": pa.array([{"dense": row, "other": 1.0} for row in lists], pa.struct([("dense", pa.list_(pa.float32())), ("other", pa.float64())])),
    }
    fields = [pa.field(name, array.type, nullable=name != "strict") for name, array in columns.items()]
    table = pa.table(list(columns.values()), schema=pa.schema(fields))
    pq.write_table(table, HERE / f"{path}.kinds.parquet", row_group_size=20, data_page_size=200, compression="zstd")
    alone = table.select(["text", "number", "float"])
    for version in ("1.0", "2.0"):
        pq.write_table(alone, HERE / f"{path}.v{version[0]}.parquet", row_group_size=7, data_page_size=64, data_page_version=version, write_batch_size=4)


def write_faults(vectors):
    """Row 3 is short, row 5 null, row 8 empty, and row 9 lacks a number."""
    lists = vectors.tolist()
    lists[2], lists[4], lists[7], lists[8][3] = lists[2][:15], None, [], None
    pq.write_table(pa.table({"vector": pa.array(lists, pa.list_(pa.float32()))}), HERE / "faults.parquet", row_group_size=20)
    pq.write_table(pa.table({"vector": pa.array([None, []], pa.list_(pa.float32())), "n": [1, 2]}), HERE / "no-vector.parquet")


def main():
    draw = np.random.default_rng(23)
    common = draw.standard_normal((60, DIMENSIONS))
    sides = {
        "source": make_side("source", draw.permutation(60)[:45], draw, common),
        "target": make_side("target", draw.permutation(60)[:50], draw, common),
    }
    expected = {}
    for kind in ("float32", "float16", "bfloat16"):
        typed = {
            name: (lines, rounded(vectors).float().numpy() if kind == "bfloat16" else vectors.astype(kind))
            for name, (lines, vectors) in sides.items()
        }
        expected[kind] = mine(typed["source"], typed["target"])
        if kind == "float32":
            expected["scored"] = scored(*cut(typed))
            lines, vectors = typed["source"]
            aligned = vectors + (1.1 * draw.standard_normal(vectors.shape)).astype(np.float32)
            np.save(HERE / "aligned.npy", aligned)
            expected["xsim"] = wrong_choices((lines, vectors), (lines, aligned))
        for name, (lines, vectors) in typed.items():
            if kind == "bfloat16":
                save_tensors({"vectors": rounded(vectors)}, HERE / f"{name}.{kind}.safetensors")
                continue
            np.save(HERE / f"{name}.{kind}.npy", vectors)
            save_file({"vectors": vectors}, HERE / f"{name}.{kind}.safetensors")
            vectors.tofile(HERE / f"{name}.{kind}.raw")
    for name, (lines, vectors) in sides.items():
        (HERE / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines))
        write_parquet(name, lines, vectors)
        np.save(HERE / f"{name}.float64.npy", vectors.astype(np.float64))
        save_file({"vectors": vectors.astype(np.float64)}, HERE / f"{name}.float64.safetensors")
    vectors = sides["source"][1]
    write_faults(vectors)
    np.save(HERE / "fortran.npy", np.asfortranarray(vectors))
    np.save(HERE / "big-endian.npy", vectors.astype(">f4"))
    np.save(HERE / "whole-numbers.npy", vectors.astype(np.int32))
    np.save(HERE / "one-row.npy", vectors[0])
    np.savez(HERE / "vectors.npz", vectors[:2])
    torch.save(torch.from_numpy(vectors[:2]), HERE / "vectors.pt")
    (HERE / "vectors.pkl").write_bytes(pickle.dumps([1.0]))
    save_file({"vectors": vectors.astype(np.int32)}, HERE / "whole-numbers.safetensors")
    save_file({"vectors": vectors[0]}, HERE / "one-row.safetensors")
    save_file({"more": vectors[:3], "vectors": vectors}, HERE / "two-tensors.safetensors", {"note": "n" * 5000})
    (HERE / "pairs.json").write_text(json.dumps(expected, indent=1) + "\n")


def cut(sides):
    """Both sides as far as the shorter one goes."""
    rows = min(len(lines) for lines, _ in sides.values())
    return [(lines[:rows], vectors[:rows]) for lines, vectors in sides.values()]


main()
