"""Trains table and layers together: what a row has of its own by row-wise Adagrad, layers and what rows share by AdamW."""

import contextlib
import dataclasses
import math
import time

import numpy as np
import torch
from encoder_parts.checkpoint import Checkpoint
from encoder_parts.length import Progress
from encoder_parts.refusal import Refusal
from torch import nn

from .batches import batches_of
from .contrast import contrast, contrast_others, hidden_of
from .encode import Rows, chunks_of, encode, without_some
from .learned_table import LearnedTable
from .network import Network
from .pairs import Pairs
from .recipe import PACKED, Recipe
from .table import as_packed
from .taught import Taught, distance

TELL_EVERY = 100
CHUNK_TOKENS = 2048


class Training:
    def __init__(self, network: Network, table: LearnedTable, taught: Taught | None, recipe: Recipe, checkpoint: Checkpoint):
        self.network, self.table, self.taught, self.recipe, self.checkpoint = network, table, taught, recipe, checkpoint
        self.device = table.own.device
        self.to_taught = nn.Linear(network.shape.dimensions, taught.vectors.shape[1], bias=False, device=self.device) if taught else nn.Identity()
        """Leads to the teacher's space; what it learns is left behind."""
        groups = [{"params": [*network.parameters()]}, {"params": [*table.parameters(), *self.to_taught.parameters()]}]
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
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
        """One step of both optimisers; the losses by their names."""
        recipe, device = self.recipe, self.device
        left = recipe.left(self.progress)
        deep = 1 - left >= recipe.static_first
        texts, places = np.unique(pairs.pairs[numbers, :2], return_inverse=True)
        chunks, order = chunks_of(pairs, texts, CHUNK_TOKENS)
        chance = torch.Generator().manual_seed(recipe.drawing.seed << 32 | self.progress.step)
        chunks = [without_some(chunk, recipe.piece_dropout, chance) for chunk in chunks]
        used, pieces = torch.cat([chunk.pieces.flatten() for chunk in chunks]).unique(return_inverse=True)
        used = used.to(device)
        own = self.table.own[used].requires_grad_()
        sizes = [chunk.pieces.numel() for chunk in chunks]
        for chunk, places_in_used in zip(chunks, pieces.split(sizes)):
            chunk.pieces = places_in_used.view(chunk.pieces.shape)
        autocast = torch.autocast(device.type, torch.bfloat16) if recipe.bfloat16 else contextlib.nullcontext()
        with autocast:
            rows = self.table.of(used, own)
            shown = as_packed(rows) if left < PACKED else rows
            given = Rows(shown, self.network.projected(shown) if deep else None)
            statics, deeps = encode(self.network, given, chunks)
        sides = torch.from_numpy(order[places.reshape(-1, 2)]).to(device)
        losses = self.losses_of({"static": statics, "deep": deeps}, sides, texts[places.reshape(-1, 2)])
        loss = sum(losses.values())
        loss.backward()
        self.progress.tokens += int(sum(chunk.seen.sum() for chunk in chunks))
        self.change(loss, used, own.grad)
        return {name: value.item() for name, value in losses.items()}

    def losses_of(self, vectors: dict[str, torch.Tensor | None], sides: torch.Tensor, numbers: np.ndarray) -> dict[str, torch.Tensor]:
        """
        :param sides: pairs × 2, the vectors of each pair's texts
        :param numbers: pairs × 2, of the texts
        """
        recipe = self.recipe
        texts = torch.from_numpy(numbers).to(self.device)
        taught = self.taught.of(numbers[:, 0]).to(self.device) if self.taught else None
        english, other = (vectors["static"][side] for side in sides.T)
        with torch.no_grad():
            hidden = hidden_of(texts[:, 0], english, recipe.near) | hidden_of(texts[:, 1], other, recipe.near)
        losses = {}
        for name, kind in vectors.items():
            if kind is None:
                continue
            english, other = (kind[side].float() for side in sides.T)
            losses[name] = contrast(english, other, hidden, recipe.temperature)
            others = contrast_others(other, texts[:, 0], hidden, recipe.temperature)
            if others is not None:
                losses[f"{name} others"] = others
            if taught is not None and taught.any():
                losses[f"{name} taught"] = recipe.taught_weight * sum(distance(self.to_taught(side), taught) for side in (english, other))
        return losses

    def change(self, loss: torch.Tensor, used: torch.Tensor, gradient: torch.Tensor) -> None:
        recipe, left = self.recipe, self.recipe.left(self.progress)
        norms = [nn.utils.clip_grad_norm_(group["params"], 1.0) for group in self.optimizer.param_groups]
        norm = math.hypot(gradient.norm().item(), *(part.item() for part in norms))
        if not (math.isfinite(loss.item()) and math.isfinite(norm)):
            self.save()
            raise Refusal(
                f"step {self.progress.step + 1}: the loss is {loss.item():.3f}, and its gradient {norm:.3f}. The weights before it are "
                f"kept in {self.checkpoint.path}. Try a lower --layers-rate (now {recipe.layers_rate:g}) or --table-rate (now {recipe.table_rate:g})."
            )
        self.table.step(used, gradient, recipe.table_rate * left)
        for group, risen in zip(self.optimizer.param_groups, (recipe.risen(left, recipe.static_first), recipe.risen(left, 0))):
            group["lr"] = recipe.layers_rate * risen * left
        self.optimizer.step()
        self.optimizer.zero_grad()

    def tell(self, losses: dict[str, float], speed: float) -> None:
        left = self.recipe.left(self.progress)
        seconds = self.progress.seconds * left / (1 - left)
        told = ", ".join(f"{name} {loss:.3f}" for name, loss in losses.items())
        print(f"step {self.progress.step} · loss {told} · {speed:,.0f} tokens/s · {seconds:.0f} s left", flush=True)

    def save(self) -> None:
        state = {name: part.state_dict() for name, part in self.parts().items()}
        self.checkpoint.save({"progress": dataclasses.asdict(self.progress), **state})

    def restore(self, state: dict) -> None:
        self.progress = Progress(**state["progress"])
        for name, part in self.parts().items():
            part.load_state_dict(state[name])
        print(f"goes on after step {self.progress.step}", flush=True)

    def parts(self) -> dict:
        return {"network": self.network, "table": self.table, "toTaught": self.to_taught, "optimizer": self.optimizer}
