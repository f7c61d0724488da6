"""Trains a translator's weights: one loop for denoising and for translation."""

import contextlib
import dataclasses
import math
import time
from collections.abc import Callable

import torch
from encoder_parts.checkpoint import Checkpoint
from encoder_parts.refusal import Refusal
from torch.nn import functional

from .batches import IGNORED, Example, by_tokens, endless, tensors_of
from .recipe import Progress, Recipe

SAVE_SECONDS = 120
TELL_EVERY = 50


class Training:
    def __init__(self, model, padding: int, recipe: Recipe, checkpoint: Checkpoint):
        self.model, self.padding, self.recipe, self.checkpoint = model, padding, recipe, checkpoint
        self.device = next(model.parameters()).device.type
        if recipe.bfloat16 and self.device == "cpu":
            # There the backward pass of PyTorch's own attention takes several times as long as that of the products it stands for.
            model.set_attn_implementation("eager")
        self.optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01)
        self.progress, self.best = Progress(), None
        torch.manual_seed(recipe.seed)
        state = checkpoint.load()
        if state:
            self.restore(state)

    def run(self, batches_of: Callable[[int], list[list[Example]]], held_out: list[Example]) -> Progress:
        """Trains until steps, time or patience are at an end; the model then has the weights of least held-out loss."""
        recipe, progress = self.recipe, self.progress
        batches = endless(batches_of, (progress.pass_number, progress.place))
        saved = time.monotonic()
        began = saved - progress.seconds
        while recipe.left(progress) > 0 and progress.worse < recipe.patience:
            some = [next(batches) for _ in range(recipe.accumulate)]
            loss = self.take_step([batch for batch, _ in some])
            progress.pass_number, progress.place = some[-1][1]
            progress.step += 1
            progress.seconds = time.monotonic() - began
            if progress.step % TELL_EVERY == 0:
                self.tell(loss)
            if progress.step % recipe.validate_every == 0:
                self.validate(held_out)
            if progress.step % recipe.validate_every == 0 or time.monotonic() - saved > SAVE_SECONDS:
                self.save()
                saved = time.monotonic()
        if progress.step % recipe.validate_every != 0 or self.best is None:
            # What follows, translations too, may take long.
            self.save()
            self.validate(held_out)
        self.model.load_state_dict(self.best)
        return progress

    def take_step(self, batches: list[list[Example]]) -> float:
        """One step of the optimiser; the mean loss of a token, in nats."""
        self.model.train()
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.rate(self.progress)
        self.optimizer.zero_grad()
        count = sum(len(example.target) for batch in batches for example in batch)
        total = 0.0
        for batch in batches:
            loss = self.loss_of(batch, self.recipe.smoothing) / count
            loss.backward()
            total += loss.item()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0).item()
        if not math.isfinite(total) or not math.isfinite(norm):
            self.refuse(total, norm)
        self.optimizer.step()
        self.progress.tokens += count + sum(len(example.source) for batch in batches for example in batch)
        return total

    def loss_of(self, batch: list[Example], smoothing: float) -> torch.Tensor:
        """The sum over all tokens to be written."""
        inputs, wanted = tensors_of(batch, self.padding, self.device)
        how = torch.autocast(self.device, torch.bfloat16) if self.recipe.bfloat16 else contextlib.nullcontext()
        with how:
            logits = self.model(**inputs, use_cache=False).logits
        return functional.cross_entropy(
            logits.float().flatten(0, 1), wanted.flatten(), ignore_index=IGNORED, label_smoothing=smoothing, reduction="sum"
        )

    def refuse(self, loss: float, norm: float) -> None:
        self.save()
        what = f"the loss is {loss}" if not math.isfinite(loss) else f"the loss is {loss:.3f}, but its gradient {norm}"
        raise Refusal(
            f"step {self.progress.step + 1}: {what}. The weights before it are kept in {self.checkpoint.path}. Try a lower "
            f"--learning-rate (now {self.recipe.learning_rate:.2g}), a longer --warmup; or --precision float32, which begins anew."
        )

    @torch.no_grad()
    def validate(self, held_out: list[Example]) -> None:
        self.model.eval()
        total = sum(self.loss_of(batch, 0).item() for batch in by_tokens(held_out, self.recipe.batch_tokens))
        loss = total / sum(len(example.target) for example in held_out)
        progress = self.progress
        is_best = loss < progress.best_loss or self.best is None
        print(f"step {progress.step} · held-out loss {loss:.4f}{' · the best so far' if is_best else ''}", flush=True)
        if is_best:
            progress.best_loss, progress.worse = loss, 0
            self.best = {name: value.detach().to("cpu", copy=True) for name, value in self.model.state_dict().items()}
        else:
            progress.worse += 1

    def tell(self, loss: float) -> None:
        progress = self.progress
        speed = progress.tokens / progress.seconds
        print(f"step {progress.step} · loss {loss:.3f} · {speed:,.0f} tokens/s · {self.recipe.left(self.progress):.0%} left", flush=True)

    def save(self) -> None:
        on_gpu = self.device == "cuda"
        self.checkpoint.save(
            {
                "progress": dataclasses.asdict(self.progress),
                "model": self.model.state_dict(),
                "best": self.best,
                "optimizer": self.optimizer.state_dict(),
                "chance": torch.get_rng_state(),
                "chance_of_gpu": torch.cuda.get_rng_state() if on_gpu else None,
            }
        )

    def restore(self, state: dict) -> None:
        self.progress, self.best = Progress(**state["progress"]), state["best"]
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["chance"])
        if state["chance_of_gpu"] is not None and self.device == "cuda":
            torch.cuda.set_rng_state(state["chance_of_gpu"])
        print(f"goes on after step {self.progress.step}", flush=True)
