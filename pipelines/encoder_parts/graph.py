"""A model for ONNX Runtime, built operation by operation."""

import pathlib
import shutil

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

INPUTS, OUTPUT = ("input_ids", "attention_mask"), "last_hidden_state"
LARGEST_FILE = 2**31 - 2**20  # what Protocol Buffers write, with room for the operations


class Graph:
    """Of token numbers and a mask (texts × tokens, 1 where a token is) to a vector for each token."""

    def __init__(self):
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, array: np.ndarray) -> str:
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def ints(self, *numbers: int) -> str:
        return self.weight(np.array(numbers, np.int64))

    def number(self, value: float) -> str:
        return self.weight(np.array(value, np.float32))

    def add(self, operation: str, *inputs: str, **attributes) -> str:
        name = f"{operation}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], **attributes))
        return name

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        return self.add("Add", self.add("MatMul", x, self.weight(weight.T)), self.weight(bias))

    def layer_norm(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        return self.add("LayerNormalization", x, self.weight(weight), self.weight(bias), axis=-1, epsilon=1e-5)

    def save(self, output: str, dimensions: int, path: pathlib.Path) -> None:
        """Beyond 2 GB the weights are a file of their own beside it."""
        self.nodes.append(helper.make_node("Identity", [output], [OUTPUT]))
        axes = ["texts", "tokens"]
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT64, axes) for name in INPUTS],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [*axes, dimensions])],
            self.weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        path.parent.mkdir(parents=True, exist_ok=True)
        if sum(len(weight.raw_data) for weight in self.weights) < LARGEST_FILE:
            onnx.save_model(model, path)
        else:
            onnx.save_model(model, path, save_as_external_data=True, location=f"{path.name}_data")
            # onnx lets but its owner read it.
            shutil.copymode(path, path.with_name(f"{path.name}_data"))
