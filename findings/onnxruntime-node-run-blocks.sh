#!/usr/bin/env bash
# onnxruntime-node 1.30.0 (Node 20, Linux x64): InferenceSession.run gives a promise, and blocks all the same.
#
# run() waits for the next turn of the event loop and then computes there: no timer, signal or input is served until the model
# is done, and a second run() begins when the first has ended, be it on another session. Promise.all over batches
# overlaps nothing, and neither does tokenising the next batch "meanwhile". (onnxruntime's own threads share one run; they
# help it, not the event loop.) Only sessions in worker_threads run side by side.
#
# It matters to whoever serves requests beside a model, shows progress, or plans to hide one stage behind another.
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

# x · x, twenty times over.
nodes, last = [], "x"
for i in range(20):
    nodes.append(helper.make_node("MatMul", [last, "x"], [f"y{i}"]))
    last = f"y{i}"
value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", "n"])
graph = helper.make_graph(nodes, "powers", [value("x")], [value(last)])
save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), "powers.onnx")
EOF

cat > run.mjs <<'EOF'
import { createRequire } from "node:module";
const { InferenceSession, Tensor } = createRequire(import.meta.url)("onnxruntime-node");
const N = 1024;
const feeds = { x: new Tensor("float32", new Float32Array(N * N).fill(1 / N), [N, N]) };
const open = () => InferenceSession.create("powers.onnx", { intraOpNumThreads: 1 });
const [a, b] = [await open(), await open()];
await a.run(feeds);

let ticks = 0;
setInterval(() => ticks++, 1).unref();
const before = performance.now();
const promise = a.run(feeds);
const returned = performance.now() - before;
await promise;
const took = performance.now() - before;
console.log(`run() returns after ${returned.toFixed(1)} ms, its promise after ${took.toFixed(0)} ms; a timer of 1 ms fired ${ticks} times`);

const start = performance.now();
const ends = await Promise.all([a, b].map((session) => session.run(feeds).then(() => performance.now() - start)));
console.log(`two sessions at once: done after ${ends.map((end) => end.toFixed(0)).join(" and ")} ms`);

if (took < 50) throw new Error("too fast to tell");
if (ticks > 3) throw new Error("the event loop goes on meanwhile");
if (ends[1] < 1.5 * ends[0]) throw new Error("the second run does not wait for the first");
EOF
ORT_DISABLE_TELEMETRY=1 node run.mjs
