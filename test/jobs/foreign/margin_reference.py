"""Makes vectors as NumPy and LASER write them, with their texts, and mines them by the ratio margin
(Artetxe & Schwenk 2019) in NumPy: python3 test/jobs/foreign/margin_reference.py

Both texts have a blank line, a line that stands twice and a row of zeros; no row is of unit length. Made with NumPy 2 and
safetensors.
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

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


def main():
    draw = np.random.default_rng(23)
    common = draw.standard_normal((60, DIMENSIONS))
    sides = {
        "source": make_side("source", draw.permutation(60)[:45], draw, common),
        "target": make_side("target", draw.permutation(60)[:50], draw, common),
    }
    expected = {}
    for kind in ("float32", "float16"):
        typed = {name: (lines, vectors.astype(kind)) for name, (lines, vectors) in sides.items()}
        for name, (lines, vectors) in typed.items():
            (HERE / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines))
            np.save(HERE / f"{name}.{kind}.npy", vectors)
            save_file({"vectors": vectors}, HERE / f"{name}.{kind}.safetensors")
            vectors.tofile(HERE / f"{name}.{kind}.raw")
        expected[kind] = mine(typed["source"], typed["target"])
    vectors = sides["source"][1]
    np.save(HERE / "fortran.npy", np.asfortranarray(vectors))
    np.save(HERE / "float64.npy", vectors.astype(np.float64))
    np.save(HERE / "one-row.npy", vectors[0])
    save_file({"vectors": vectors.astype(np.float64)}, HERE / "float64.safetensors")
    save_file({"vectors": vectors[0]}, HERE / "one-row.safetensors")
    save_file({"vectors": vectors, "more": vectors}, HERE / "two-tensors.safetensors")
    (HERE / "pairs.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
