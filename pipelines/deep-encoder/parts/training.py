"""Trains table and layers together: the table by row-wise Adagrad, the layers by AdamW."""

import contextlib
import dataclasses
import math
import time

import numpy as np
import torch
from encoder_parts.checkpoint import Checkpoint
from encoder_parts.length import Progress
from encoder_parts.refusal import Refusal

from .batches import batches_of
from .contrast import contrast, contrast_others, hidden_of
from .encode import Rows, chunks_of, encode, without_some
from .network import Network
from .pairs import Pairs
from .recipe import PACKED, Recipe
from .table import as_packed

TELL_EVERY = 100
CHUNK_TOKENS = 4096
EPSILON = 1e-8


class Training:
    def __init__(self, network: Network, rows: torch.Tensor, recipe: Recipe, checkpoint: Checkpoint):
        self.network, self.rows, self.recipe, self.checkpoint = network, rows, recipe, checkpoint
        self.sums = torch.zeros(len(rows), device=rows.device)
        self.optimizer = torch.optim.AdamW(network.parameters(), betas=(0.9, 0.98), weight_decay=0.01)
        self.progress = Progress()
        state = checkpoint.load()
        if state:
            self.restore(state)

    def run(self, pairs: Pairs, clusters: np.ndarray) -> Progress:
        recipe, progress = self.recipe, self.progress
        saved = told = time.monotonic()
        tokens_told = progress.tokens
        began = saved - progress.seconds
        batches = batches_of(pairs, clusters, recipe.drawing, progress.pass_number)
        while self.recipe.left(self.progress) > 0:
            if progress.place == len(batches):
                progress.pass_number, progress.place = progress.pass_number + 1, 0
                batches = batches_of(pairs, clusters, recipe.drawing, progress.pass_number)
            losses = self.take_step(pairs, batches[progress.place])
            progress.step, progress.place = progress.step + 1, progress.place + 1
            progress.seconds = time.monotonic() - began
            if progress.step % TELL_EVERY == 0:
                now = time.monotonic()
                self.tell(losses, (progress.tokens - tokens_told) / (now - told))
                told, tokens_told = now, progress.tokens
            if time.monotonic() - saved > 60 * recipe.save_minutes:
                self.save()
                saved = time.monotonic()
        self.save()
        return progress

    def take_step(self, pairs: Pairs, numbers: np.ndarray) -> dict[str, float]:
        """One step of both optimisers; the losses by their names, in nats."""
        recipe, device = self.recipe, self.rows.device
        left = recipe.left(self.progress)
        deep = 1 - left >= recipe.static_first
        texts, places = np.unique(pairs.pairs[numbers, :2], return_inverse=True)
        chunks, order = chunks_of(pairs, texts, CHUNK_TOKENS)
        chance = torch.Generator().manual_seed(recipe.drawing.seed << 32 | self.progress.step)
        chunks = [without_some(chunk, recipe.piece_dropout, chance) for chunk in chunks]
        used, pieces = torch.cat([chunk.pieces.flatten() for chunk in chunks]).unique(return_inverse=True)
        used = used.to(device)
        rows = self.rows[used].requires_grad_()
        shown = as_packed(rows) if left < PACKED else rows
        sizes = [chunk.pieces.numel() for chunk in chunks]
        for chunk, own in zip(chunks, pieces.split(sizes)):
            chunk.pieces = own.view(chunk.pieces.shape)
        autocast = torch.autocast(device.type, torch.bfloat16) if recipe.bfloat16 else contextlib.nullcontext()
        with autocast:
            given = Rows(shown, self.network.projected(shown) if deep else None)
            vectors = [encode(self.network, given, chunk) for chunk in chunks]
        sides = torch.from_numpy(order[places.reshape(-1, 2)]).to(device)
        losses = self.losses_of(vectors, sides, torch.from_numpy(texts[places.reshape(-1, 2)]).to(device))
        loss = sum(losses.values())
        loss.backward()
        self.progress.tokens += int(sum(chunk.seen.sum() for chunk in chunks))
        self.change(loss, used, rows.grad, deep)
        return {name: value.item() for name, value in losses.items()}

    def losses_of(self, vectors: list, sides: torch.Tensor, texts: torch.Tensor) -> dict[str, torch.Tensor]:
        """
        :param sides: pairs × 2, the vectors of each pair's texts
        :param texts: pairs × 2, equal where the texts are
        """
        recipe = self.recipe
        statics, deeps = (torch.cat(kind) if kind[0] is not None else None for kind in zip(*vectors))
        english, other = (statics[side] for side in sides.T)
        with torch.no_grad():
            hidden = hidden_of(texts[:, 0], english, recipe.near) | hidden_of(texts[:, 1], other, recipe.near)
        losses = {}
        for name, kind in (("static", statics), ("deep", deeps)):
            if kind is None:
                continue
            english, other = (kind[side].float() for side in sides.T)
            losses[name] = contrast(english, other, hidden, recipe.temperature)
            others = contrast_others(other, texts[:, 0], hidden, recipe.temperature)
            if others is not None:
                losses[f"{name} others"] = others
        return losses

    def change(self, loss: torch.Tensor, used: torch.Tensor, gradient: torch.Tensor, deep: bool) -> None:
        recipe, left = self.recipe, self.recipe.left(self.progress)
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0) if deep else gradient.norm()
        if not (math.isfinite(loss.item()) and math.isfinite(norm.item())):
            self.save()
            raise Refusal(
                f"step {self.progress.step + 1}: the loss is {loss.item():.3f}, and its gradient {norm.item():.3f}. The weights before it are "
                f"kept in {self.checkpoint.path}. Try a lower --layers-rate (now {recipe.layers_rate:g}) or --table-rate (now {recipe.table_rate:g})."
            )
        self.sums[used] += gradient.square().mean(1)
        self.rows[used] -= recipe.table_rate * left * gradient / (self.sums[used].sqrt() + EPSILON)[:, None]
        if not deep:
            return
        for group in self.optimizer.param_groups:
            group["lr"] = recipe.layers_rate * recipe.risen(left) * left
        self.optimizer.step()
        self.optimizer.zero_grad()

    def tell(self, losses: dict[str, float], speed: float) -> None:
        left = self.recipe.left(self.progress)
        seconds = self.progress.seconds * left / (1 - left)
        told = ", ".join(f"{name} {loss:.3f}" for name, loss in losses.items())
        print(f"step {self.progress.step} · loss {told} · {speed:,.0f} tokens/s · {seconds:.0f} s left", flush=True)

    def save(self) -> None:
        state = {"progress": dataclasses.asdict(self.progress), "rows": self.rows, "sums": self.sums}
        self.checkpoint.save({**state, "network": self.network.state_dict(), "optimizer": self.optimizer.state_dict()})

    def restore(self, state: dict) -> None:
        self.progress = Progress(**state["progress"])
        self.rows.copy_(state["rows"])
        self.sums.copy_(state["sums"])
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        print(f"goes on after step {self.progress.step}", flush=True)
