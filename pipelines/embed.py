"""Embeds a text with sentence-transformers, on a GPU if there is one, into vectors that crisscross takes as its own.

    python3 pipelines/embed.py models/e5 news.de.gz -o de.npy [--variant model] [--prompt-name passage]
        [--device cuda] [--precision bfloat16] [--batch 256]

The folder has PyTorch weights and the ONNX model that they were exported to: `crisscross encoders show` tells the space
that the vectors are in, the prompt, and how long a text may be. So what is mined may be embedded here, there, or one
side each. The text is a sentence a line, plain, .gz or .xz.

Needs sentence-transformers; and crisscross, by its name or as --crisscross tells.
"""

import argparse
import gzip
import json
import lzma
import os
import subprocess
import sys

import numpy
import torch
from sentence_transformers import SentenceTransformer

# Lines that are sorted by length and embedded together.
WINDOW = 65_536

OPENERS = {".gz": gzip.open, ".xz": lzma.open}


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", help="a folder with PyTorch weights and ONNX models")
    parser.add_argument("text", help="a sentence a line")
    parser.add_argument("-o", "--output", required=True, help="a .npy file; its description goes beside it")
    parser.add_argument("--variant", default="model", help="the ONNX model whose space the vectors are of")
    parser.add_argument("--prompt-name", help="a prompt of the folder; its default one otherwise")
    parser.add_argument("--device", help="cuda, mps, cpu; the first that there is otherwise")
    parser.add_argument("--precision", default="float32", choices=["float32", "bfloat16", "float16"])
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--crisscross", default="npx crisscross", help="the command")
    return parser.parse_args()


def crisscross(given: argparse.Namespace, *arguments: str) -> str:
    ended = subprocess.run([*given.crisscross.split(), *arguments], stdout=subprocess.PIPE, text=True)
    if ended.returncode != 0:
        sys.exit(ended.returncode)
    return ended.stdout


def choose_prompt(facts: dict, name: str | None) -> str:
    prompts = facts.get("prompts") or {}
    name = name or facts.get("defaultPrompt")
    if name is None:
        return ""
    if name not in prompts:
        sys.exit(f"embed.py: has no prompt {name}; it has {', '.join(prompts) or 'none'}.")
    return prompts[name]


def read_lines(path: str):
    opener = OPENERS.get(os.path.splitext(path)[1], open)
    with opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="\n") as file:
        for line in file:
            yield line.strip()


def windows(path: str):
    lines: list[str] = []
    for line in read_lines(path):
        lines.append(line)
        if len(lines) == WINDOW:
            yield lines
            lines = []
    if lines:
        yield lines


def main() -> None:
    given = read_arguments()
    facts = json.loads(crisscross(given, "encoders", "show", given.encoder, "--variant", given.variant, "--json"))
    prompt = choose_prompt(facts, given.prompt_name)
    if facts.get("languages"):
        sys.exit("embed.py: the encoder has to be told languages, which is not done here. Embed the text with `crisscross embed --language CODE` instead.")
    model = SentenceTransformer(
        given.encoder,
        device=given.device,
        model_kwargs={"torch_dtype": getattr(torch, given.precision)},
    )
    if facts.get("maxTokens"):
        model.max_seq_length = facts["maxTokens"]
    rows = sum(1 for _ in read_lines(given.text))
    raw = f"{given.output}.raw.npy"
    vectors = numpy.lib.format.open_memmap(raw, mode="w+", dtype=numpy.float32, shape=(rows, facts["dimensions"]))
    done = 0
    for lines in windows(given.text):
        vectors[done : done + len(lines)] = model.encode(lines, prompt=prompt, batch_size=given.batch).astype(numpy.float32)
        done += len(lines)
        print(f"{done} of {rows} lines", file=sys.stderr)
    vectors.flush()
    # crisscross knows which lines stand for a sentence, and writes the description.
    crisscross(given, "embed", given.text, "--from", raw, "--space", facts["space"], "-o", given.output)
    os.remove(raw)


if __name__ == "__main__":
    main()
