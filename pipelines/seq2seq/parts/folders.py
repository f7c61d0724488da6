"""The folder that a script leaves: an encoder as crisscross opens it, and in `translator/` the whole model."""

import json
import pathlib
import shutil
import subprocess
import sys

from encoder_parts.refusal import Refusal
from transformers import AutoTokenizer

TRANSLATOR = "translator"
# Where the loop looks for what a program tells of its encoder.
FIGURES = "figures.json"
EXPORT = pathlib.Path(__file__).parents[2] / "export-onnx.py"
# In a run folder the best round's encoder lies in encoder/.
PLACES = ("", TRANSLATOR, f"encoder/{TRANSLATOR}")


def find_translator(folder: pathlib.Path, advice: str = "") -> pathlib.Path:
    """The model in transformers' layout: the folder itself, or in one that these scripts or the loop left."""
    for place in PLACES:
        if (folder / place / "generation_config.json").exists():
            return folder / place
    raise Refusal(f"{folder}: has no translator; expected a folder of transformers, or what pretrain.py, train.py or the loop left.{advice}")


def open_tokenizer(translator: str | pathlib.Path):
    try:
        return AutoTokenizer.from_pretrained(translator)
    except (OSError, ValueError) as error:
        if pathlib.Path(translator).is_dir():
            raise
        reason = str(error).splitlines()[0]
        raise Refusal(f"{translator}: is neither a folder nor a translator that the hub gave ({reason})") from None


def leave(model, tokenizer, folder: pathlib.Path, figures: dict[str, float | str] | None = None) -> None:
    """Writes the translator, its encoder by export-onnx.py, and what is told of it; the folder appears when it is complete."""
    made, staging = (folder.with_name(f".{folder.name}.{kind}.part") for kind in (TRANSLATOR, "whole"))
    for part in (made, staging):
        shutil.rmtree(part, ignore_errors=True)
    model.to("cpu").eval().save_pretrained(made)
    tokenizer.save_pretrained(made)
    # The exporter warns of what holds for every Transformer; it prints how its vectors compare.
    export = [sys.executable, "-W", "ignore", str(EXPORT), str(made), str(staging)]
    told = subprocess.run(export, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(told.replace(str(staging), str(folder)), end="", flush=True)
    made.rename(staging / TRANSLATOR)
    if figures:
        text = json.dumps(figures, indent=2, ensure_ascii=False)
        (staging / FIGURES).write_text(text + "\n", encoding="utf-8")
    staging.rename(folder)
