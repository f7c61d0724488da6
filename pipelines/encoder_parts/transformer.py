"""The encoder of fairseq's Transformer (Vaswani et al. 2017; Ott et al. 2019), which LASER3 and SONAR have."""

import dataclasses
import math
import re

import numpy as np

from .graph import Graph
from .refusal import Refusal

PADDING = 1  # positions begin after it
# The embeddings come by themselves, positions are computed; fairseq 0.12 keeps copies of weights, which it makes anew.
WITHOUT_EFFECT = re.compile(
    r"embed_tokens\.weight|embed_positions\._float_tensor|version|layers\.\d+\.(in_proj|out_proj|fc1|fc2)_(weight|bias)"
)
ACTIVATIONS = ("relu", "gelu")


@dataclasses.dataclass
class TransformerShape:
    """What the weights do not tell."""

    heads: int
    positions: int
    """How many tokens a text may have."""
    norm_first: bool
    """Whether layers normalise what they are given, not what they give."""
    activation: str = "relu"
    scales: bool = True
    """Whether embeddings are multiplied by the root of their dimensions."""
    has_positions: bool = True


class Transformer:
    """Builds the graph of weights by fairseq's names, such as `layers.0.self_attn.q_proj.weight`."""

    def __init__(self, weights: dict[str, np.ndarray], shape: TransformerShape):
        self.weights, self.shape, self.graph = weights, shape, Graph()
        self.unused = {name for name in weights if not WITHOUT_EFFECT.fullmatch(name)}

    def build(self, embeddings: np.ndarray) -> tuple[Graph, str, int]:
        """
        :param embeddings: rows by the tokenizer's numbers
        :returns: the graph, its output and how many numbers a token's vector has
        """
        graph, shape = self.graph, self.shape
        dimensions = embeddings.shape[1]
        if dimensions % shape.heads != 0:
            raise Refusal(f"{dimensions} dimensions cannot be shared by {shape.heads} heads.")
        if shape.activation not in ACTIVATIONS:
            raise Refusal(f"The activation is {shape.activation!r}; expected {' or '.join(ACTIVATIONS)}.")
        scale = math.sqrt(dimensions) if shape.scales else 1.0
        x = graph.add("Gather", graph.weight(embeddings * np.float32(scale)), "input_ids")
        if shape.has_positions:
            table = graph.weight(position_table(shape.positions, dimensions))
            places = graph.add("CumSum", "attention_mask", graph.weight(np.array(1, np.int64)))
            places = graph.add("Mul", places, "attention_mask")
            x = graph.add("Add", x, graph.add("Gather", table, places))
        seen = graph.add("Cast", graph.add("Unsqueeze", "attention_mask", graph.ints(1, 2)), to=1)
        hide = graph.add("Mul", graph.add("Sub", graph.number(1), seen), graph.number(-1e30))
        layers = sum(name.endswith(".fc1.weight") for name in self.weights)
        if layers == 0:
            raise Refusal("The checkpoint has no layers of a Transformer, such as layers.0.fc1.weight.")
        for layer in range(layers):
            place = f"layers.{layer}"
            x = self.around(x, f"{place}.self_attn_layer_norm", lambda y: self.attend(y, f"{place}.self_attn", hide))
            x = self.around(x, f"{place}.final_layer_norm", lambda y: self.feed_forward(y, place))
        if "layer_norm.weight" in self.weights:
            x = self.norm(x, "layer_norm")
        if self.unused:
            raise Refusal(f"The checkpoint has {', '.join(sorted(self.unused)[:3])}, which no such encoder has.")
        return graph, x, dimensions

    def around(self, x: str, norm: str, inner) -> str:
        """What a part gives, added to what it was given (He et al. 2016)."""
        if self.shape.norm_first:
            return self.graph.add("Add", x, inner(self.norm(x, norm)))
        return self.norm(self.graph.add("Add", x, inner(x)), norm)

    def attend(self, x: str, place: str, hide: str) -> str:
        graph, heads = self.graph, self.shape.heads
        query, key, value = (self.linear(x, f"{place}.{name}_proj") for name in "qkv")
        dimensions = self.get(f"{place}.q_proj.weight").shape[0] // heads

        def split(states: str, order: list[int]) -> str:
            return graph.add("Transpose", graph.add("Reshape", states, graph.ints(0, 0, heads, dimensions)), perm=order)

        scaled = graph.add("Mul", split(query, [0, 2, 1, 3]), graph.number(dimensions**-0.5))
        scores = graph.add("Add", graph.add("MatMul", scaled, split(key, [0, 2, 3, 1])), hide)
        mixed = graph.add("MatMul", graph.add("Softmax", scores, axis=-1), split(value, [0, 2, 1, 3]))
        joined = graph.add("Reshape", graph.add("Transpose", mixed, perm=[0, 2, 1, 3]), graph.ints(0, 0, -1))
        return self.linear(joined, f"{place}.out_proj")

    def feed_forward(self, x: str, place: str) -> str:
        inner = self.linear(x, f"{place}.fc1")
        active = self.graph.add("Relu", inner) if self.shape.activation == "relu" else self.gelu(inner)
        return self.linear(active, f"{place}.fc2")

    def gelu(self, x: str) -> str:
        graph = self.graph
        error = graph.add("Erf", graph.add("Mul", x, graph.number(math.sqrt(0.5))))
        half = graph.add("Mul", x, graph.number(0.5))
        return graph.add("Mul", half, graph.add("Add", error, graph.number(1)))

    def linear(self, x: str, name: str) -> str:
        return self.graph.linear(x, self.get(f"{name}.weight"), self.get(f"{name}.bias"))

    def norm(self, x: str, name: str) -> str:
        return self.graph.layer_norm(x, self.get(f"{name}.weight"), self.get(f"{name}.bias"))

    def get(self, name: str) -> np.ndarray:
        if name not in self.weights:
            raise Refusal(f"The checkpoint has no {name}.")
        self.unused.discard(name)
        return self.weights[name]


def position_table(positions: int, dimensions: int) -> np.ndarray:
    """Row n is of a text's nth token, row 0 of the padding: sines of falling frequency, then cosines of the same."""
    half = dimensions // 2
    frequencies = np.exp(np.arange(half, dtype=np.float64) * -(math.log(10000) / (half - 1)))
    angles = (np.arange(1, positions + 1)[:, None] + PADDING) * frequencies
    table = np.zeros((positions + 1, dimensions), np.float32)
    table[1:, : 2 * half] = np.concatenate([np.sin(angles), np.cos(angles)], axis=1)
    return table
