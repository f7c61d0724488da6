#!/usr/bin/env python3
"""Encodes the English texts of pairs with a teacher; training then brings both texts of a pair near that vector.

    python3 pipelines/deep-encoder/teach.py pairs/en-*.tsv.xz --start start --teacher intfloat/multilingual-e5-small --prompt "query: " -o taught
    python3 pipelines/deep-encoder/train.py pairs/en-*.tsv.xz --start start --taught taught --minutes 80 -o models/deep

Killed, the same command goes on.
"""

import argparse
import hashlib
import pathlib

from parts.pairs import english_texts, read_pairs
from parts.table import read_start
from parts.taught import leave_taught

import numpy as np
import torch
from encoder_parts.digest import digest
from encoder_parts.folder import refuse_full
from encoder_parts.option_types import whole
from encoder_parts.refusal import Refusal, ending_by_refusal
from encoder_parts.reproducible import refuse_absent_gpu

TEXTS_AT_ONCE = 4096


def main() -> None:
    options = parse()
    with ending_by_refusal():
        teach(options)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Encodes the English texts of pairs with a teacher.")
    parser.add_argument("pairs", type=pathlib.Path, nargs="+", help="files en-XX.tsv or en-XX.tsv.xz, a line origin⇥English⇥other")
    parser.add_argument("--start", type=pathlib.Path, required=True, help="folder of the static encoder that training starts from")
    parser.add_argument("--teacher", required=True, help="what sentence-transformers opens: a folder, or a name of the hub")
    parser.add_argument("--texts", type=whole, help="English texts that are encoded, drawn by chance; all by default")
    parser.add_argument("--seed", type=int, default=0, help="of that chance")
    parser.add_argument("--prompt", help="put before each text; the teacher's own by default")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--work", type=pathlib.Path, help="folder for pairs as numbers, as training's; OUTPUT.work by default")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, help="folder for the vectors")
    return parser.parse_args()


def teach(options: argparse.Namespace) -> None:
    refuse_full(options.output)
    refuse_absent_gpu(options.device)
    work = options.work or options.output.with_name(f"{options.output.name}.work")
    pairs = read_pairs(options.pairs, read_start(options.start).tokenizer, work / "pairs")
    texts = english_texts(work / "pairs")
    trained = np.flatnonzero(np.isin(pairs.english, pairs.pairs[~pairs.held_out, 0]))
    drawn = np.sort(np.random.default_rng(options.seed).permutation(trained)[: options.texts])
    teacher = open_teacher(options)
    told = {"pairs": pairs.identity, **described(teacher, options), "texts": len(drawn), "seed": options.seed}
    unfinished = work / f"taught-{digest(told)[:16]}.unfinished"
    encode_rest(teacher, [texts[place] for place in drawn], options.prompt, unfinished)
    vectors = np.fromfile(unfinished, np.float16).reshape(len(drawn), -1)
    leave_taught(pairs.english[drawn], vectors, told, options.output)
    unfinished.unlink()


def encode_rest(teacher, texts: list[str], prompt: str | None, unfinished: pathlib.Path) -> None:
    """Appends the vectors of texts, in float16, to a file that may have those of the first."""
    block = TEXTS_AT_ONCE * teacher.get_embedding_dimension() * 2
    with open(unfinished, "ab") as file:
        finished = file.tell() // block
        file.truncate(finished * block)
        for first in range(finished * TEXTS_AT_ONCE, len(texts), TEXTS_AT_ONCE):
            some = texts[first : first + TEXTS_AT_ONCE]
            vectors = teacher.encode(some, prompt=prompt, batch_size=64, normalize_embeddings=True, convert_to_tensor=True, show_progress_bar=False)
            if not vectors.isfinite().all():
                raise Refusal(f"the teacher gives vectors that are no numbers for some of the texts {first + 1} to {first + len(some)}. Try --precision float32.")
            file.write(vectors.half().cpu().numpy().tobytes())
            file.flush()
            print(f"{first + len(some):,} of {len(texts):,} texts", flush=True)


def open_teacher(options: argparse.Namespace):
    from sentence_transformers import SentenceTransformer

    try:
        kind = {"dtype": getattr(torch, options.precision)}
        return SentenceTransformer(options.teacher, device=options.device, model_kwargs=kind)
    except Exception as error:  # whatever a folder that is none makes it say
        raise Refusal(
            f"{options.teacher}: sentence-transformers cannot open it ({error}). Expected a folder with modules.json and PyTorch weights, or a name of the hub."
        ) from None


def described(teacher, options: argparse.Namespace) -> dict:
    """What vectors depend on, beside the texts."""
    weights = hashlib.sha256()
    for name, tensor in teacher.state_dict().items():
        weights.update(name.encode() + tensor.cpu().contiguous().view(torch.uint8).numpy().tobytes())
    prompt = teacher.prompts.get(teacher.default_prompt_name, "") if options.prompt is None else options.prompt
    return {"teacher": options.teacher, "weights": weights.hexdigest(), "prompt": prompt, "precision": options.precision}


if __name__ == "__main__":
    main()
