"""The encoder of LASER2 (Artetxe & Schwenk 2019; Heffernan et al. 2022): layers of LSTMs in both directions."""

import numpy as np

from .graph import Graph
from .refusal import Refusal

PYTORCH, ONNX = "ifco", "iofc"  # the order of an LSTM's gates


def build_lstm(weights: dict[str, np.ndarray], embeddings: np.ndarray, layers: int, both: bool) -> tuple[Graph, str, int]:
    """
    :param weights: of `laser_encoders`' LaserLstmEncoder
    :param embeddings: rows by the tokenizer's numbers
    :returns: the graph, its output and how many numbers a token's vector has
    """
    graph = Graph()
    tokens = graph.add("Gather", graph.weight(embeddings), "input_ids")
    x = graph.add("Transpose", tokens, perm=[1, 0, 2])
    lengths = graph.add("Cast", graph.add("ReduceSum", "attention_mask", graph.ints(1), keepdims=0), to=6)
    directions = ["", "_reverse"] if both else [""]
    for layer in range(layers):
        kernel, recurrent, bias = (
            np.stack([gates_of(weights, f"{name}_l{layer}{direction}") for direction in directions])
            for name in ("weight_ih", "weight_hh", "bias_ih")
        )
        more = np.stack([gates_of(weights, f"bias_hh_l{layer}{direction}") for direction in directions])
        hidden = recurrent.shape[2]
        states = graph.add(
            "LSTM",
            x,
            *map(graph.weight, (kernel, recurrent, np.concatenate([bias, more], axis=1))),
            lengths,
            hidden_size=hidden,
            direction="bidirectional" if both else "forward",
        )
        # tokens × directions × texts × hidden, to tokens × texts × both directions' hidden
        x = graph.add("Reshape", graph.add("Transpose", states, perm=[0, 2, 1, 3]), graph.ints(0, 0, -1))
    return graph, graph.add("Transpose", x, perm=[1, 0, 2]), hidden * len(directions)


def gates_of(weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    if f"lstm.{name}" not in weights:
        raise Refusal(f"The checkpoint has no lstm.{name}, which its params promise.")
    gates = dict(zip(PYTORCH, np.split(weights[f"lstm.{name}"], 4)))
    return np.concatenate([gates[gate] for gate in ONNX])
