#!/usr/bin/env python3
"""Makes an encoder's folder of a checkpoint of LASER2 or LASER3, as they are published.

    pip install torch onnx sentencepiece protobuf
    python3 pipelines/laser-encoder.py laser2.pt laser2.spm models/laser2
    python3 pipelines/laser-encoder.py laser3-wol_Latn.v1.pt laser2.spm models/laser3-wol --vocabulary laser2.cvocab

Its vectors are those of `laser_encoders` 0.0.2: the folder holds LASER's normaliser, its SentencePiece model, the
network in float32 and the pooling. Some languages of LASER3 have a .spm and a .cvocab of their own, all others go with
those of LASER2.

LASER cuts no text; a folder has to say where it does. --check FILE counts the lines of a text that the folder cuts into
other pieces than LASER does (pip install tokenizers sacremoses unicategories); where two ways to cut are equally likely,
rounding decides.
"""

import argparse
import pathlib

import numpy as np

from encoder_parts.folder import arrays_of, read_checkpoint, refuse_full, save_model, write_folder
from encoder_parts.laser_text import laser_steps
from encoder_parts.lstm import build_lstm
from encoder_parts.refusal import Refusal, ending_by_refusal
from encoder_parts.sentencepiece_tokenizer import SentencePieceModel, tokenizer_json
from encoder_parts.transformer import Transformer, TransformerShape

SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]
BEGIN, _, END, UNKNOWN = range(4)
LONGEST = 4096  # tokens of LASER2, whose network has no limit of its own


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=pathlib.Path, help="laser2.pt, laser3-XXX.v1.pt")
    parser.add_argument("pieces", type=pathlib.Path, help="the SentencePiece model: .spm")
    parser.add_argument("folder", type=pathlib.Path, help="the encoder, empty or not there yet")
    parser.add_argument("--vocabulary", type=pathlib.Path, help="the .cvocab, which LASER3 needs")
    parser.add_argument("--max-tokens", type=int, help="longer texts are cut (default: 4096, or LASER3's positions)")
    parser.add_argument("--trust-checkpoint", action="store_true", help="open a checkpoint that may hold code")
    parser.add_argument("--check", type=pathlib.Path, help="a text whose tokens are compared with LASER's")
    options = parser.parse_args()
    with ending_by_refusal():
        make_folder(options)


def make_folder(options: argparse.Namespace) -> None:
    refuse_full(options.folder)
    pieces = SentencePieceModel(options.pieces)
    checkpoint = read_checkpoint(options.checkpoint, options.trust_checkpoint)
    is_lstm = "params" in checkpoint and "model" in checkpoint
    if not is_lstm and not ("cfg" in checkpoint and "model" in checkpoint):
        raise Refusal(
            f"{options.checkpoint}: has {', '.join(map(str, list(checkpoint)[:5]))}; expected params, model and "
            "dictionary (LASER2), or cfg and model (LASER3)."
        )
    made = (of_lstm if is_lstm else of_transformer)(checkpoint, pieces, options)
    built, first, pooling, longest = made
    added = [*first, "</s>"]
    tokenizer = tokenizer_json(pieces, added, before=laser_steps(), first=first, last=["</s>"])
    kind = "laser2" if is_lstm else "laser3"
    longest = options.max_tokens or longest
    write_folder(options.folder, tokenizer, model_type=kind, pooling=pooling, longest=longest)
    save_model(built, options.folder)
    print(f"{options.folder}: {kind}, {built[2]} dimensions, texts of up to {longest} tokens")
    if options.check:
        check(options.check, pieces, options)


def of_lstm(checkpoint: dict, pieces: SentencePieceModel, options: argparse.Namespace):
    params, weights = checkpoint["params"], arrays_of(checkpoint["model"])
    if options.vocabulary is not None:
        dictionary = read_vocabulary(options.vocabulary)
    elif isinstance(checkpoint.get("dictionary"), dict):
        dictionary = dict(checkpoint["dictionary"])
    else:
        raise Refusal(f"{options.checkpoint}: has no dictionary. Give its .cvocab as --vocabulary.")
    rows = rows_of(pieces, dictionary, embeddings_of(weights, options), [END])
    layers, both = params.get("num_layers", 1), params.get("bidirectional", False)
    return build_lstm(weights, rows, layers, both), [], "max", LONGEST


def of_transformer(checkpoint: dict, pieces: SentencePieceModel, options: argparse.Namespace):
    config = checkpoint["cfg"]["model"]
    config = config if isinstance(config, dict) else vars(config)
    weights = encoder_of(arrays_of(checkpoint["model"]))
    if options.vocabulary is None:
        raise Refusal("A checkpoint of LASER3 needs the .cvocab of its SentencePiece model as --vocabulary.")
    dictionary = read_vocabulary(options.vocabulary)
    if "layer_norm.weight" in weights:
        dictionary.setdefault("<mask>", len(dictionary))
    shape = shape_of(config, options)
    begins, pooling = bool(config.get("prepend_bos")), "cls" if config.get("sentemb_criterion") == "cls" else "max"
    if pooling == "cls" and not begins:
        raise Refusal(f"{options.checkpoint}: sentemb_criterion is cls, but no text begins with <s> (prepend_bos).")
    rows = rows_of(pieces, dictionary, embeddings_of(weights, options), [BEGIN, END] if begins else [END])
    return Transformer(weights, shape).build(rows), ["<s>"] if begins else [], pooling, shape.positions


def shape_of(config: dict, options: argparse.Namespace) -> TransformerShape:
    """@raise Refusal: for what laser_encoders would do and this does not"""
    if not config.get("encoder_attention_heads"):
        raise Refusal(f"{options.checkpoint}: cfg has no encoder_attention_heads.")
    for field in ("encoder_learned_pos", "adaptive_input", "encoder_layers_to_keep"):
        if config.get(field):
            raise Refusal(f"{options.checkpoint}: {field} is {config[field]!r}; expected false.")
    return TransformerShape(
        heads=config["encoder_attention_heads"],
        positions=options.max_tokens or config.get("max_source_positions") or 1024,
        norm_first=bool(config.get("encoder_normalize_before")),
        activation=str(config.get("activation_fn") or "relu"),
        scales=not config.get("no_scale_embedding"),
        has_positions=not config.get("no_token_positional_embeddings"),
    )


def encoder_of(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The encoder alone, of a checkpoint that may hold a decoder, too."""
    prefix = "encoder."
    found = {name[len(prefix) :]: value for name, value in weights.items() if name.startswith(prefix)}
    return found or weights


def embeddings_of(weights: dict[str, np.ndarray], options: argparse.Namespace) -> np.ndarray:
    if "embed_tokens.weight" not in weights:
        raise Refusal(f"{options.checkpoint}: has no embed_tokens.weight.")
    return weights["embed_tokens.weight"]


def read_vocabulary(path: pathlib.Path) -> dict[str, int]:
    """fairseq's dictionary: a piece and its count a line, by number after the special ones."""
    try:
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except FileNotFoundError:
        raise Refusal(f"{path}: is not there; expected the .cvocab.") from None
    except UnicodeDecodeError:
        raise Refusal(f"{path}: is not UTF-8; expected a piece and its count a line.") from None
    numbers = {name: i for i, name in enumerate(SPECIALS)}
    for number, line in enumerate(lines, start=1):
        piece, _, count = line.removesuffix(" #fairseq:overwrite").rpartition(" ")
        if not count.isdigit():
            raise Refusal(f"{path}, line {number}: is {line!r}; expected a piece and its count.")
        numbers[piece] = len(numbers) if piece not in numbers else numbers[piece]
    return numbers


def rows_of(
    pieces: SentencePieceModel, dictionary: dict[str, int], embeddings: np.ndarray, added: list[int]
) -> np.ndarray:
    """Embeddings by the SentencePiece model's numbers: what the dictionary lacks is unknown."""
    dictionary |= {name: i for i, name in enumerate(SPECIALS)}
    known = max(dictionary.values()) + 1
    if known != len(embeddings):
        raise Refusal(f"The vocabulary has {known} entries, but the checkpoint has vectors of {len(embeddings)}.")
    numbers = [dictionary.get(pieces.pieces[i], UNKNOWN) if pieces.is_normal(i) else UNKNOWN for i in pieces.numbers()]
    shared = sum(number != UNKNOWN for number in numbers)
    if shared < len(numbers) / 2:
        raise Refusal(
            f"{pieces.path}: only {shared} of its {len(numbers)} pieces are in the vocabulary: they do not belong together."
        )
    if shared < known - len(SPECIALS) - ("<mask>" in dictionary):
        print(
            f"{known - len(SPECIALS) - shared} entries of the vocabulary are no pieces of {pieces.path}: LASER finds "
            "them where a text has them in characters that its model does not know, the folder does not."
        )
    return embeddings[[*numbers, *added]]


def check(text: pathlib.Path, pieces: SentencePieceModel, options: argparse.Namespace) -> None:
    from encoder_parts.check_tokens import count_others, laser_reference

    count_others(options.folder, text, laser_reference(pieces))


if __name__ == "__main__":
    main()
