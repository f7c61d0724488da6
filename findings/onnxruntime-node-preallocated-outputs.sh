#!/usr/bin/env bash
# onnxruntime-node 1.30.0 (Node 20, Linux x64): an output that is given to run(feeds, fetches) is filled, and made anew all the same.
#
# fetches takes tensors that results are to be written into. They are written into them; then the binding makes another array
# of the same size, copies the numbers, and returns that. So giving memory saves none: each run costs an allocation and a copy
# of its outputs beside what it computes, and the copy counts as external memory, by which V8 begins to mark its heap. What
# fetches does spare is the time to copy an output into memory of your own.
#
# It matters to whoever gives outputs in order not to allocate, as in a loop over blocks of products. With outputs of a
# megabyte glibc hands each one's pages back to the system and asks for them again (M_MMAP_THRESHOLD).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-node@1.30.0
python3 -m venv venv
venv/bin/pip install --quiet onnx==1.23.2

venv/bin/python - <<'EOF'
from onnx import TensorProto, helper, save

value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n"])
graph = helper.make_graph([helper.make_node("Add", ["x", "x"], ["y"])], "double", [value("x")], [value("y")])
save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), "double.onnx")
EOF

cat > run.mjs <<'EOF'
import { createRequire } from "node:module";
const { InferenceSession, Tensor } = createRequire(import.meta.url)("onnxruntime-node");
const N = 2 ** 18;
const RUNS = 20;
const session = await InferenceSession.create("double.onnx", { intraOpNumThreads: 1 });
const x = new Tensor("float32", new Float32Array(N).fill(1), [N]);
const mine = new Tensor("float32", new Float32Array(N), [N]);

const before = process.memoryUsage().arrayBuffers;
const kept = [];
for (let i = 0; i < RUNS; i++) kept.push((await session.run({ x }, { y: mine })).y);
const grown = (process.memoryUsage().arrayBuffers - before) / (4 * N);

const isFilled = mine.data.every((value) => value === 2);
const isMine = kept.some(({ data }) => data.buffer === mine.data.buffer);
console.log(`the given array is ${isFilled ? "" : "not "}filled; what run() returns is ${isMine ? "that array" : "another one"}`);
console.log(`${RUNS} runs into one given output of ${N} numbers: ${grown.toFixed(1)} more arrays of that size`);

if (!isFilled) throw new Error("the given array is left as it was");
if (isMine || grown < RUNS - 1) throw new Error("a given output is no longer made anew");
EOF
ORT_DISABLE_TELEMETRY=1 node run.mjs
