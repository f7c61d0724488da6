"""The options of training."""

import argparse
import pathlib

from encoder_parts.option_types import positive, whole

from .batches import Drawing
from .recipe import Recipe

LANGUAGES = "de,fr,ru,zh,ja,ar,hi,ko,fi,tr,et,vi"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains a small contextual encoder on top of a static encoder's table.")
    parser.add_argument("pairs", type=pathlib.Path, nargs="+", help="files en-XX.tsv or en-XX.tsv.xz, a line origin⇥English⇥other")
    parser.add_argument("--start", type=pathlib.Path, required=True, help="folder of a static encoder")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, help="folder for the new encoder")
    parser.add_argument("--work", type=pathlib.Path, help="folder for pairs as numbers and for unfinished training; OUTPUT.work by default")
    parser.add_argument("--taught", type=pathlib.Path, help="folder of a teacher's vectors, which teach.py leaves; none by default")
    parser.add_argument("--taught-weight", type=positive, default=5.0, help="what the distance to them counts beside the contrasts")
    parser.add_argument("--steps", type=whole, default=1_000_000, help="at most")
    parser.add_argument("--minutes", type=positive, help="at most; the weights then depend on the machine's speed")
    parser.add_argument("--batch", type=whole, default=1024, help="pairs of a batch")
    parser.add_argument("--group", type=whole, default=64, help="pairs of one cluster in a batch that stay together; 1 draws batches by chance")
    parser.add_argument("--cluster", type=whole, default=256, help="English texts of a cluster, at the mean")
    parser.add_argument("--mixed", action="store_true", help="groups are of all languages of a cluster, not of one")
    parser.add_argument("--exponent", type=float, default=0.6, help="n pairs of a language are drawn in proportion to n^x")
    parser.add_argument("--width", type=whole, default=192)
    parser.add_argument("--layers", type=whole, default=2)
    parser.add_argument("--heads", type=whole, default=4)
    parser.add_argument("--table-rate", type=float, default=0.1, help="learning rate of row-wise Adagrad")
    parser.add_argument("--table-prior", type=positive, default=1e-6, help="squared gradients that each row is taken to have had before")
    parser.add_argument("--layers-rate", type=float, default=1e-3, help="learning rate of AdamW, of the layers and of what rows share")
    parser.add_argument("--loss-temperature", type=positive, default=0.07)
    parser.add_argument("--near", type=float, default=0.95, help="texts of this cosine by the table are no wrong answers for each other")
    parser.add_argument("--piece-dropout", type=share, default=0.1, help="share of pieces that a text lacks in training")
    parser.add_argument("--static-first", type=share_or_all, default=0.1, help="share of training in which the table is trained alone; 1 leaves no layers")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32", help="of the layers' products")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--hold-out", type=names, default=[], help="origins whose pairs are all held out, such as bible,gnome")
    parser.add_argument("--measure", default=LANGUAGES, help="languages whose held-out pairs are searched at the end")
    parser.add_argument("--pool", type=whole, default=20_000, help="texts of a language that they are searched among")
    parser.add_argument("--save-minutes", type=positive, default=5.0, help="how often unfinished training is kept")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def share(text: str) -> float:
    if not 0 <= float(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 and below 1, found {text}")
    return float(text)


def names(text: str) -> list[str]:
    return text.split(",")


def share_or_all(text: str) -> float:
    return 1.0 if float(text) == 1 else share(text)


def recipe_of(options: argparse.Namespace) -> Recipe:
    drawing = Drawing(options.batch, options.group, not options.mixed, options.exponent, options.seed)
    return Recipe(
        options.steps,
        options.minutes,
        drawing,
        table_rate=options.table_rate,
        layers_rate=options.layers_rate,
        temperature=options.loss_temperature,
        near=options.near,
        piece_dropout=options.piece_dropout,
        taught_weight=options.taught_weight,
        static_first=options.static_first,
        bfloat16=options.precision == "bfloat16",
        save_minutes=options.save_minutes,
    )


def settings_of(options: argparse.Namespace) -> dict[str, str]:
    """What killed training has to go on with, beside texts and start; its length and learning rates may change."""
    free = ("start", "taught", "output", "work", "pairs", "steps", "minutes", "table_rate", "layers_rate", "measure", "pool", "save_minutes", "device")
    return {name: str(value) for name, value in vars(options).items() if name not in free}
