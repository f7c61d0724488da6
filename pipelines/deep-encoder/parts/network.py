"""The layers on top of a table: at first they change nothing, and a sentence's vector is the static encoder's."""

import dataclasses

import torch
from torch import nn
from torch.nn import functional

LONGEST = 128
HIDDEN = -1e4


@dataclasses.dataclass(frozen=True)
class Shape:
    dimensions: int
    width: int
    layers: int
    heads: int


class Layer(nn.Module):
    """
    A Transformer's layer that normalises what it is given (Xiong et al. 2020).

    Attention is written out: of PyTorch's own, the backward pass in bfloat16 takes ten times as long on a CPU.
    """

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm_attention, self.norm_inner = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention, self.mixed = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.inner, self.outer = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        texts, pieces, width = x.shape
        states = self.attention(self.norm_attention(x)).view(texts, pieces, 3, self.heads, width // self.heads)
        query, key, value = states.permute(2, 0, 3, 1, 4)
        scores = (query * (width // self.heads) ** -0.5) @ key.transpose(2, 3)
        chances = scores.masked_fill(~seen[:, None, None, :], HIDDEN).softmax(-1)
        mixed = chances.to(value.dtype) @ value
        x = x + self.mixed(mixed.transpose(1, 2).reshape(texts, pieces, width))
        return x + self.outer(functional.relu(self.inner(self.norm_inner(x))))


class Network(nn.Module):
    """A sentence's vector, not normalised, is the sum of weight · (row + out(state)) over its pieces."""

    def __init__(self, shape: Shape, row_size: float):
        """:param row_size: the root mean square of the table's numbers, by which rows are divided"""
        super().__init__()
        self.shape = shape
        self.register_buffer("row_size", torch.tensor(row_size))
        self.project = nn.Linear(shape.dimensions, shape.width)
        self.positions = nn.Parameter(torch.randn(LONGEST, shape.width) * 0.1)
        self.layers = nn.ModuleList(Layer(shape.width, shape.heads) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        self.out = nn.Linear(shape.width, shape.dimensions, bias=False)
        self.gate = nn.Linear(shape.width, 1)
        nn.init.normal_(self.project.weight, std=shape.dimensions**-0.5)
        for layer in self.layers:
            for last in (layer.mixed, layer.outer):
                nn.init.normal_(last.weight, std=0.5 * last.in_features**-0.5)
        for zero in (self.out.weight, self.gate.weight, self.gate.bias):
            nn.init.zeros_(zero)

    def projected(self, rows: torch.Tensor) -> torch.Tensor:
        """What the layers get of rows; rows × width."""
        return self.project(rows / self.row_size)

    def forward(self, projected: torch.Tensor, seen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """
        The weights of a text's pieces, 0 in the padding, and what is added to its weighted rows.

        :param projected: texts × pieces × width
        :param seen: texts × pieces, false in the padding; every text has a piece
        :returns: texts × pieces, texts × dimensions
        """
        x = projected + self.positions[: projected.shape[1]]
        for layer in self.layers:
            x = layer(x, seen)
        states = self.norm(x)
        weights = 2 * torch.sigmoid(self.gate(states).float().squeeze(-1)) * seen
        pooled = (weights.unsqueeze(-1) * states).sum(1)
        return weights, self.out(pooled).float()
