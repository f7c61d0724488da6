#!/usr/bin/env python3
"""Fine-tunes the last layers of a sentence-transformers model on mined pairs: a trainer for `crisscross criss`.

    pip install torch sentence-transformers onnx
    npx crisscross criss news.de news.en --encoder models/e5 --run run/ --command "python3 pipelines/finetune.py"

crisscross runs it once a round with three folders: the bitext, the encoder that the loop started from (with PyTorch's
weights beside its ONNX model), and an empty one for the new encoder. By hand it is run the same way.

In-batch contrast in both directions (InfoNCE; sentence-transformers calls it MultipleNegativesSymmetricRankingLoss): a
sentence's translation against all others of its batch, which is of one pair of languages. The same input, seed and
number of threads give the same weights on a CPU.
"""

import argparse
import os
import random
import warnings
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from torch.nn import functional
from transformers.utils.logging import disable_progress_bar


def main():
    parser = argparse.ArgumentParser(description="Fine-tunes a sentence-transformers model on mined pairs.")
    parser.add_argument("bitext", type=Path, help="folder of XX-YY.tsv, a line source⇥target a pair")
    parser.add_argument("start", type=Path, help="folder of the model to start from")
    parser.add_argument("output", type=Path, help="folder for the new model")
    parser.add_argument("--layers", type=int, default=2, help="how many are trained, from the last; 0 for all weights")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--batch", type=int, default=64, help="pairs of a step")
    parser.add_argument("--learning-rate", type=float, default=2e-5, help="of AdamW, falling linearly to 0")
    parser.add_argument("--scale", type=float, default=50, help="what cosines are multiplied by before the softmax")
    parser.add_argument("--max-tokens", type=int, default=128, help="training cuts a text after so many")
    options = parser.parse_args()

    seed = int(os.environ.get("CRISSCROSS_SEED", 0))
    if "CRISSCROSS_THREADS" in os.environ:
        torch.set_num_threads(int(os.environ["CRISSCROSS_THREADS"]))
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True, warn_only=True)
    disable_progress_bar()

    model = SentenceTransformer(str(options.start))
    take_prompt(model)
    pairs = [read_pairs(path) for path in sorted(options.bitext.glob("*.tsv"))]
    train(model, pairs, random.Random(seed), options)
    model.save_pretrained(str(options.output), create_model_card=False)
    export(model, options.output / "onnx" / "model.onnx")


def take_prompt(model):
    """The loop's prompt becomes the model's own, so that the new encoder is used as it was trained."""
    prompt = os.environ.get("CRISSCROSS_PROMPT")
    if prompt is not None and prompt != model.prompts.get(model.default_prompt_name):
        model.prompts = {**model.prompts, "criss": prompt}
        model.default_prompt_name = "criss"


def read_pairs(path):
    with open(path, encoding="utf-8") as file:
        return [tuple(line.rstrip("\n").split("\t")[:2]) for line in file]


def train(model, pairs, order, options):
    prompt = model.prompts.get(model.default_prompt_name, "")
    longest, model.max_seq_length = model.max_seq_length, min(model.max_seq_length, options.max_tokens)
    weights = choose_weights(model, options.layers)
    optimizer = torch.optim.AdamW(weights, lr=options.learning_rate)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0, options.steps)

    def embed(texts):
        features = tokenize(model, [prompt + text for text in texts])
        features = {name: value.to(model.device) for name, value in features.items()}
        return functional.normalize(model(features)["sentence_embedding"])

    batches = endless_batches(pairs, options.batch, order)
    for step in range(1, options.steps + 1):
        source, target = zip(*next(batches))
        cosines = options.scale * embed(source) @ embed(target).T
        own = torch.arange(len(source), device=model.device)
        loss = (functional.cross_entropy(cosines, own) + functional.cross_entropy(cosines.T, own)) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 10 == 0 or step == options.steps:
            print(f"step {step} of {options.steps} · loss {loss.item():.3f}", flush=True)
    model.max_seq_length = longest


def tokenize(model, texts):
    features = getattr(model, "preprocess", model.tokenize)(texts)
    return {name: value for name, value in features.items() if torch.is_tensor(value)}


def choose_weights(model, layers):
    """Freezes all but the last layers: the Transformer's are its longest list of modules."""
    stack = max((m for m in model.modules() if isinstance(m, torch.nn.ModuleList)), key=len)
    trained = list(stack[-layers:]) if layers > 0 else [model]
    model.eval().requires_grad_(False)
    for part in trained:
        part.train().requires_grad_(True)
    return [weight for weight in model.parameters() if weight.requires_grad]


def endless_batches(pairs, size, order):
    """Batches of one pair of languages each, all pairs once before any comes again."""
    while True:
        batches = []
        for some in pairs:
            shuffled = order.sample(some, len(some))
            batches += [shuffled[first : first + size] for first in range(0, len(some), size)]
        # One pair alone has nothing to be told from.
        batches = [batch for batch in batches if len(batch) > 1]
        if not batches:
            raise SystemExit("There is no batch of two pairs to train on.")
        order.shuffle(batches)
        yield from batches


class TokenVectors(torch.nn.Module):
    """A Transformer without what it gives beside its last layer."""

    def __init__(self, transformer):
        super().__init__()
        self.transformer = transformer

    def forward(self, input_ids, attention_mask):
        return self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def export(model, path):
    """The Transformer as ONNX; pooling and what follows are in the folder's modules.json."""
    print("exporting to ONNX", flush=True)
    # Its exporter warns of what holds for every Transformer; the benchmark compares the vectors.
    warnings.simplefilter("ignore")
    path.parent.mkdir()
    model.to("cpu").eval()
    names = ["input_ids", "attention_mask"]
    example = tokenize(model, ["two texts", "of unlike length, so that one is padded"])
    axes = {name: {0: "batch", 1: "tokens"} for name in [*names, "last_hidden_state"]}
    torch.onnx.export(
        TokenVectors(model[0].auto_model).eval(),
        tuple(example[name] for name in names),
        str(path),
        input_names=names,
        output_names=["last_hidden_state"],
        dynamic_axes=axes,
        opset_version=17,
        # The other exporter wants one more package, onnxscript.
        dynamo=False,
    )


if __name__ == "__main__":
    main()
