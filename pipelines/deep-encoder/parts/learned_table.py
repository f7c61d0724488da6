"""A table in training: what all pieces share, and what each has of its own."""

import torch
from torch import nn
from torch.nn import functional

WIDTH = 512
EPSILON = 1e-8


class LearnedTable(nn.Module):
    """
    A row is the one that training starts with, plus what a small network makes of it and of how likely the tokenizer takes the piece to
    be, plus what the piece has of its own. So what is learned of frequent pieces reaches those that stand in few pairs, or in none.

    What is a piece's own is trained by row-wise Adagrad, whose sums begin at more than zero: at zero, the first step of a piece would
    be as large as any, and a piece that stands in one pair would be all that pair's.
    """

    def __init__(self, start: torch.Tensor, scores: torch.Tensor, prior: float):
        """
        :param start: pieces × dimensions; rows of zeros stay so
        :param scores: how likely each piece is, of mean 0 and deviation 1
        :param prior: squared gradients that each row is taken to have had
        """
        super().__init__()
        dimensions = start.shape[1]
        self.register_buffer("start", start, persistent=False)
        self.register_buffer("unknown", ~start.any(1, keepdim=True), persistent=False)
        self.register_buffer("scores", scores[:, None], persistent=False)
        self.register_buffer("own", torch.zeros_like(start))
        self.register_buffer("sums", torch.full((len(start),), prior, device=start.device))
        self.size = start.square().mean().sqrt().item()
        """The root mean square of the start's numbers."""
        self.linear = nn.Linear(dimensions, dimensions, bias=False)
        self.inner, self.outer = nn.Linear(dimensions + 1, WIDTH), nn.Linear(WIDTH, dimensions)
        for zero in (self.linear.weight, self.outer.weight, self.outer.bias):
            nn.init.zeros_(zero)
        self.to(start.device)

    def of(self, pieces: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        """
        The rows of these pieces.

        :param own: what each has of its own
        """
        start = self.start[pieces]
        inner = functional.gelu(self.inner(torch.cat([start / self.size, self.scores[pieces]], 1)))
        shared = self.linear(start) + self.outer(inner)
        return (start + shared.float() + own).masked_fill(self.unknown[pieces], 0)

    def step(self, pieces: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
        """Moves what these pieces have of their own."""
        self.sums[pieces] += gradient.square().mean(1)
        self.own[pieces] -= rate * gradient / (self.sums[pieces].sqrt() + EPSILON)[:, None]

    @torch.no_grad()
    def rows(self) -> torch.Tensor:
        """All of it; pieces × dimensions."""
        pieces = torch.arange(len(self.own), device=self.own.device)
        return torch.cat([self.of(some, self.own[some]) for some in pieces.split(16384)])
