#!/usr/bin/env python3
"""Trains a translator on mined pairs, whose encoder mines the next round: a trainer for `crisscross criss`.

    pip install -r pipelines/seq2seq/requirements.txt
    npx crisscross criss --text en=en.gz --text de=de.gz --encoder start --run run/ \\
      --command "python3 pipelines/seq2seq/train.py --translate-on de-en=test.de,test.en"

crisscross runs it once a round with three folders: the bitext, the encoder that the loop started from, and an empty one
for the new encoder. The translator to train is in the start's `translator/`, as pretrain.py leaves it, or is named by
--translator: mBART, mBART-50, M2M-100 or NLLB. The new folder has the trained one in `translator/`. As in CRISS (Tran et al.
2020): all pairs in both directions, pairs of languages drawn in proportion to n^0.7, label smoothing 0.2, dropout 0.3, at most
20,000 steps. Killed, the same command goes on; without --minutes it ends with the same weights on a CPU.
"""

import argparse
import os
import pathlib

from parts import start
from parts.folders import find_translator, leave, open_tokenizer
from parts.languages import code_of
from parts.scores import TestSet, figures_of, read_test_set, score_both_ways
from parts.texts import read_bitext
from parts.training import Training
from parts.translation import Translation

from encoder_parts.checkpoint import Checkpoint
from encoder_parts.digest import digest
from encoder_parts.folder import refuse_full
from encoder_parts.refusal import ending_by_refusal
from transformers import AutoModelForSeq2SeqLM

# Of mBART with vectors of 1,024; narrower models take larger steps.
RATE, RATE_WIDTH = 3e-5, 1024


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains a translator on mined pairs.")
    parser.add_argument("bitext", type=pathlib.Path, help="folder of XX-YY.tsv, a line source⇥target a pair")
    parser.add_argument("start", type=pathlib.Path, help="folder of the encoder that the loop started from")
    parser.add_argument("output", type=pathlib.Path, help="folder for the new encoder and translator")
    parser.add_argument("--translator", help="what is trained: a folder or a name of the hub; by default the start's own")
    parser.add_argument("--from", dest="origin", choices=("start", "before"), default="start", help="train the start anew in each round, or what the round before trained")
    parser.add_argument("--code", type=start.named, action="append", default=[], metavar="LANGUAGE=CODE", help="a language's token: en=eng_Latn")
    parser.add_argument("--translate-on", action="append", default=[], metavar="XX-YY=FILE,FILE", help="lines that translate each other: BLEU and chrF both ways")
    parser.add_argument("--beams", type=start.whole, default=5)
    parser.add_argument("--max-tokens", type=start.whole, default=128, help="pairs with a longer side are left out")
    parser.add_argument("--steps", type=start.whole, default=20_000)
    parser.add_argument("--learning-rate", type=float, help="3e-5 for vectors of 1,024, and 4 times that for those of half the size")
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--smoothing", type=float, default=0.2, help="of labels")
    parser.add_argument("--seed", type=int, default=int(os.environ.get("CRISSCROSS_SEED", 0)))
    start.add_options(parser)
    options = parser.parse_args()
    with ending_by_refusal():
        options.code = dict(options.code)
        train(options, [read_test_set(told) for told in options.translate_on])


def train(options: argparse.Namespace, test_sets: list[TestSet]) -> None:
    refuse_full(options.output)
    start.prepare(options.seed)
    bitext = read_bitext(options.bitext)
    folder = choose_start(options)
    tokenizer = open_tokenizer(folder)
    for language in sorted({language for languages in bitext for language in languages}):
        code_of(tokenizer, language, options.code)
    model = AutoModelForSeq2SeqLM.from_pretrained(folder, dropout=options.dropout).float().to(start.device())
    options.max_tokens = min(options.max_tokens, model.config.max_position_embeddings)
    if options.learning_rate is None:
        options.learning_rate = RATE * (RATE_WIDTH / model.config.d_model) ** 2
    translation = Translation(model, tokenizer, bitext, options)
    if translation.left_out:
        print(f"{translation.left_out} pairs with a text of more than {options.max_tokens} tokens are left out", flush=True)
    unfinished = unfinished_of(options.output)
    identity = digest(bitext, str(folder), *sorted(pathlib.Path(folder).glob("*.safetensors")), settings_of(options))
    recipe = start.recipe(options, smoothing=options.smoothing)
    training = Training(model, tokenizer.pad_token_id, recipe, Checkpoint(unfinished, identity))
    done = training.run(translation.batches_of, translation.held_out)
    print(f"{done.step} steps · {done.tokens:,} tokens · {done.seconds / 60:.1f} minutes · held-out loss {done.best_loss:.4f}", flush=True)
    scores = score_both_ways(model, tokenizer, test_sets, options)
    leave(model, tokenizer, options.output, figures_of(scores))
    unfinished.unlink(missing_ok=True)


def settings_of(options: argparse.Namespace) -> tuple:
    """What killed training has to go on with; steps and the learning rate may change."""
    batches = (options.seed, options.batch_tokens, options.accumulate, options.max_tokens, options.exponent, options.code)
    return (*batches, options.dropout, options.smoothing, start.in_bfloat16(options))


def choose_start(options: argparse.Namespace) -> str | pathlib.Path:
    before = os.environ.get("CRISSCROSS_BEFORE")
    if options.origin == "before" and before:
        return find_translator(pathlib.Path(before))
    return options.translator or find_translator(options.start, " Name the one that its encoder is of by --translator.")


def unfinished_of(output: pathlib.Path) -> pathlib.Path:
    told = os.environ.get("CRISSCROSS_UNFINISHED")
    return pathlib.Path(told) if told else output.with_name(f"{output.name}.unfinished")


if __name__ == "__main__":
    main()
