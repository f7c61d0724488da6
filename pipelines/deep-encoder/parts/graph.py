"""The encoder for ONNX Runtime: rows come packed out of model.safetensors, layers in float32 or 8 bits."""

import json
import pathlib

import numpy as np
import onnx
from encoder_parts.graph import INPUTS, Graph
from onnx import TensorProto, helper

from .network import Network
from .table import BLOCK, PACKED, SCALES

OUTPUT = "sentence_embedding"
MICROSOFT = "com.microsoft"
TYPES = {"U8": TensorProto.UINT8, "F16": TensorProto.FLOAT16}
# Of 7 bits: with 8, processors without VNNI add up pairs of products beyond 16 bits, and clip them.
LARGEST = 63


class EncoderGraph(Graph):
    def __init__(self, table: pathlib.Path, in_8_bits: bool):
        super().__init__()
        self.table, self.in_8_bits = table, in_8_bits

    def in_table(self, name: str) -> str:
        """A tensor that stays in the file of the table, which lies beside the model."""
        with open(self.table, "rb") as file:
            head = int.from_bytes(file.read(8), "little")
            told = json.loads(file.read(head))[name]
        first, last = told["data_offsets"]
        tensor = TensorProto(name=name, data_type=TYPES[told["dtype"]], dims=told["shape"], data_location=TensorProto.EXTERNAL)
        for key, value in (("location", self.table.name), ("offset", 8 + head + first), ("length", last - first)):
            tensor.external_data.add(key=key, value=str(value))
        self.weights.append(tensor)
        return name

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        if not self.in_8_bits:
            return super().linear(x, weight, bias)
        scales = np.maximum(np.abs(weight).max(1), 1e-12) / LARGEST
        whole = np.round(weight / scales[:, None]).astype(np.int8)
        number = len(self.nodes)
        held = [f"{part}_{number}" for part in ("bytes", "scale", "zero")]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], held))
        products = self.add("Cast", self.add("MatMulInteger", held[0], self.weight(whole.T), held[2]), to=TensorProto.FLOAT)
        scale = self.add("Mul", held[1], self.weight(scales.astype(np.float32)))
        return self.add("Add", self.add("Mul", products, scale), self.weight(bias))

    def save_encoder(self, output: str, dimensions: int, path: pathlib.Path) -> None:
        self.nodes.append(helper.make_node("Identity", [output], [OUTPUT]))
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in INPUTS]
        found = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["texts", dimensions])
        graph = helper.make_graph(self.nodes, "encoder", inputs, [found], self.weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        path.write_bytes(helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString())


def write_graph(network: Network, table: pathlib.Path, path: pathlib.Path, in_8_bits: bool = False) -> None:
    """The sentence's vector of length 1 for token numbers and their mask."""
    graph, shape = EncoderGraph(table, in_8_bits), network.shape
    held = {name: value.detach().float().cpu().numpy() for name, value in network.state_dict().items()}
    how = {"bits": 4, "block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1, "domain": MICROSOFT}
    # Of scales in float16 come rows that are rounded to float16. ONNX Runtime casts them once, when it opens the model.
    scales = graph.add("Cast", graph.in_table(SCALES), to=TensorProto.FLOAT)
    rows = graph.add("GatherBlockQuantized", graph.in_table(PACKED), INPUTS[0], scales, **how)
    seen = graph.add("Cast", INPUTS[1], to=TensorProto.FLOAT)
    length = graph.add("Shape", INPUTS[0], start=1, end=2)
    positions = graph.add("Slice", graph.weight(held["positions"]), graph.ints(0), length, graph.ints(0))
    x = graph.linear(rows, held["project.weight"] / held["row_size"], held["project.bias"])
    x = graph.add("Add", x, positions)
    hide = graph.add("Unsqueeze", graph.add("Mul", graph.add("Sub", graph.number(1), seen), graph.number(-1e9)), graph.ints(1, 2))
    for layer in range(shape.layers):
        x = add_layer(graph, {name.removeprefix(f"layers.{layer}."): value for name, value in held.items()}, x, hide, shape.heads)
    states = graph.layer_norm(x, held["norm.weight"], held["norm.bias"])
    gate = graph.add("Add", graph.add("MatMul", states, graph.weight(held["gate.weight"].T)), graph.weight(held["gate.bias"]))
    weights = graph.add("Mul", graph.add("Mul", graph.add("Sigmoid", gate), graph.number(2)), graph.add("Unsqueeze", seen, graph.ints(2)))
    across = graph.add("Transpose", weights, perm=[0, 2, 1])
    pooled = graph.add("MatMul", graph.add("MatMul", across, states), graph.weight(held["out.weight"].T))
    summed = graph.add("Squeeze", graph.add("Add", graph.add("MatMul", across, rows), pooled), graph.ints(1))
    size = graph.add("Max", graph.add("ReduceL2", summed, axes=[1], keepdims=1), graph.number(1e-12))
    graph.save_encoder(graph.add("Div", summed, size), shape.dimensions, path)


def add_layer(graph: EncoderGraph, held: dict[str, np.ndarray], x: str, hide: str, heads: int) -> str:
    def linear(y: str, name: str) -> str:
        return graph.linear(y, held[f"{name}.weight"], held[f"{name}.bias"])

    def norm(y: str, name: str) -> str:
        return graph.layer_norm(y, held[f"{name}.weight"], held[f"{name}.bias"])

    width = held["mixed.weight"].shape[0]
    states = graph.add("Reshape", linear(norm(x, "norm_attention"), "attention"), graph.ints(0, 0, 3, heads, width // heads))
    query, key, value = (
        graph.add("Transpose", graph.add("Squeeze", graph.add("Gather", states, graph.ints(i), axis=2), graph.ints(2)), perm=order)
        for i, order in enumerate(([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
    )
    scaled = graph.add("Mul", query, graph.number((width // heads) ** -0.5))
    chances = graph.add("Softmax", graph.add("Add", graph.add("MatMul", scaled, key), hide), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", chances, value), perm=[0, 2, 1, 3])
    x = graph.add("Add", x, linear(graph.add("Reshape", mixed, graph.ints(0, 0, -1)), "mixed"))
    return graph.add("Add", x, linear(graph.add("Relu", linear(norm(x, "norm_inner"), "inner")), "outer"))
