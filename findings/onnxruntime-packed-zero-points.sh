#!/usr/bin/env bash
# onnxruntime 1.32.0 (CPU), GatherBlockQuantized: the same bytes mean other numbers by the type that they are declared as.
#
# A table of four bits a number can be given as uint4, or as uint8 with the attribute `bits`, two numbers a byte. Where no
# zero points are given, a number of the first stands for itself (0 to 15), one of the second for itself less 8 (-8 to 7),
# and with eight bits less 128. ONNX's own DequantizeLinear takes 0 for both types. Nothing warns: a graph that was moved
# from one type to the other gives rows that are all shifted by 8 scales.
#
# It matters to whoever ships embeddings at four bits: packed bytes are what safetensors and numpy can hold, which have no
# type of four bits, so tables are converted between both forms. Name the zero points, or check one row by hand.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet onnxruntime==1.32.0 onnx==1.23.2 numpy==2.3.5

cat > read.py <<'EOF'
import numpy
import onnxruntime
from onnx import TensorProto, helper

BLOCK, SCALE = 16, 0.5
ADDED = "com.microsoft"
nibbles = numpy.arange(BLOCK, dtype=numpy.uint8)
packed = nibbles[0::2] | nibbles[1::2] << 4


def read(kind, shape, held, bits=None, operation="GatherBlockQuantized"):
    table = helper.make_tensor("table", kind, shape, held.tobytes(), raw=True)
    scales = helper.make_tensor("scales", TensorProto.FLOAT, (1, 1), [SCALE])
    if operation == "DequantizeLinear":
        nodes = [helper.make_node(operation, ["table", "scales"], ["row"], axis=1, block_size=BLOCK)]
    else:
        more = {"bits": bits} if bits else {}
        inputs = ["table", "number", "scales"]
        nodes = [helper.make_node(operation, inputs, ["row"], domain=ADDED, block_size=BLOCK, quantize_axis=1, **more)]
    number = helper.make_tensor_value_info("number", TensorProto.INT64, ["texts"])
    row = helper.make_tensor_value_info("row", TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "row", [number], [row], [table, scales])
    versions = [helper.make_opsetid("", 21), helper.make_opsetid(ADDED, 1)]
    model = helper.make_model(graph, opset_imports=versions, ir_version=10).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {"number": numpy.array([0])})[0].ravel() / SCALE


found = {
    "uint8 of four bits": read(TensorProto.UINT8, (1, BLOCK // 2), packed, bits=4),
    "uint4, the same bytes": read(TensorProto.UINT4, (1, BLOCK), packed),
    "uint8 of eight bits": read(TensorProto.UINT8, (1, BLOCK), nibbles, bits=8),
    "uint4 by DequantizeLinear": read(TensorProto.UINT4, (1, BLOCK), packed, operation="DequantizeLinear"),
    "uint8 by DequantizeLinear": read(TensorProto.UINT8, (1, BLOCK), nibbles, operation="DequantizeLinear"),
}
zeros = {}
for name, numbers in found.items():
    zeros[name] = set((nibbles - numbers).tolist())
    print(f"{name}: 0 to 15 are read as {numbers[0]:g} to {numbers[-1]:g}")
assert list(zeros.values()) == [{8.0}, {0.0}, {128.0}, {0.0}, {0.0}], zeros
EOF
venv/bin/python read.py
