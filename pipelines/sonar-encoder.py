#!/usr/bin/env python3
"""Makes an encoder's folder of SONAR's text encoder (Duquenne et al. 2023).

    pip install torch onnx sentencepiece protobuf
    python3 pipelines/sonar-encoder.py sonar_text_encoder.pt sentencepiece.source.256000.model models/sonar
    crisscross mine news.wol news.eng --encoder models/sonar --language wol --target-language eng

A text's first token tells its language, one of the 202 of NLLB; language_codes.json names their tokens. Checkpoints of fairseq, of fairseq2 and of transformers (model.safetensors, which needs pip install
safetensors) are taken. The vectors are those of `sonar-space`, except that a text of more than 514 tokens keeps its
last one, </s>.

--check FILE counts the lines of a text that the folder cuts into other pieces than SentencePiece does (pip install
tokenizers).
"""

import argparse
import pathlib
import re

import numpy as np

from encoder_parts.folder import arrays_of, read_checkpoint, refuse_full, save_model, write_folder
from encoder_parts.nllb_languages import LANGUAGES
from encoder_parts.refusal import Refusal, ending_by_refusal
from encoder_parts.sentencepiece_tokenizer import SentencePieceModel, tokenizer_json
from encoder_parts.transformer import Transformer, TransformerShape

MINED = 3  # tokens after those of the languages, for training
LONGEST = 514
# Rows of the special tokens, which SentencePiece has as <unk>, <s>, </s>.
OF_FAIRSEQ = {"</s>": 2, "<unk>": 3}
OF_FAIRSEQ2 = {"</s>": 3, "<unk>": 1}

# fairseq2's names, and fairseq's.
NAMES = [
    (r"^encoder_frontend\.embed\.", "embed_tokens."),
    (r"^encoder\.layers\.", "layers."),
    (r"\.self_attn\.output_proj\.", ".self_attn.out_proj."),
    (r"\.ffn\.inner_proj\.", ".fc1."),
    (r"\.ffn\.output_proj\.", ".fc2."),
    (r"\.ffn_layer_norm\.", ".final_layer_norm."),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=pathlib.Path, help="sonar_text_encoder.pt, model.safetensors")
    parser.add_argument("pieces", type=pathlib.Path, help="the SentencePiece model of NLLB")
    parser.add_argument("folder", type=pathlib.Path, help="for the encoder, empty or not there yet")
    parser.add_argument("--heads", type=int, default=16, help="of the attention, which the weights do not tell")
    parser.add_argument("--max-tokens", type=int, default=LONGEST, help="longer texts are cut (default: 514)")
    parser.add_argument("--trust-checkpoint", action="store_true", help="open a checkpoint that may hold code")
    parser.add_argument("--check", type=pathlib.Path, help="a text whose tokens are compared with SentencePiece's")
    options = parser.parse_args()
    with ending_by_refusal():
        make_folder(options)


def make_folder(options: argparse.Namespace) -> None:
    refuse_full(options.folder)
    pieces = SentencePieceModel(options.pieces)
    weights, specials = read_weights(options)
    shape = TransformerShape(heads=options.heads, positions=options.max_tokens, norm_first=True)
    built = Transformer(weights, shape).build(rows_of(pieces, weights, specials))
    tokens = [f"__{language}__" for language in LANGUAGES]
    tokenizer = tokenizer_json(pieces, [*tokens, "</s>"], before=[], first=tokens[:1], last=["</s>"])
    codes = {language: len(pieces.pieces) + i for i, language in enumerate(LANGUAGES)}
    how = {"model_type": "sonar", "pooling": "mean", "longest": options.max_tokens}
    write_folder(options.folder, tokenizer, **how, codes=codes)
    save_model(built, options.folder)
    print(f"{options.folder}: {built[2]} dimensions, texts of up to {options.max_tokens} tokens")
    if options.check:
        from encoder_parts.check_tokens import count_others, sentencepiece_reference

        count_others(options.folder, options.check, sentencepiece_reference(pieces))


def read_weights(options: argparse.Namespace) -> tuple[dict[str, np.ndarray], dict[str, int]]:
    """By fairseq's names, and the rows of the special tokens."""
    if options.checkpoint.suffix == ".safetensors":
        return read_safetensors(options.checkpoint), OF_FAIRSEQ
    found = read_checkpoint(options.checkpoint, options.trust_checkpoint)
    found = found.get("model", found)
    if "encoder_frontend.embed.weight" in found:
        return {rename(name): value for name, value in arrays_of(found).items()}, OF_FAIRSEQ2
    found = found.get("state_dict", found)
    # fairseq's checkpoint holds the layer itself.
    embeddings = getattr(found.get("embed_tokens"), "weight", found.get("embed_tokens.weight"))
    if embeddings is None:
        raise Refusal(
            f"{options.checkpoint}: has no embed_tokens, nor encoder_frontend.embed.weight; expected SONAR's text "
            "encoder as fairseq, fairseq2 or transformers saves it."
        )
    return arrays_of({**found, "embed_tokens.weight": embeddings}), OF_FAIRSEQ


def read_safetensors(path: pathlib.Path) -> dict[str, np.ndarray]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        weights = arrays_of(load_file(path))
    except FileNotFoundError:
        raise Refusal(f"{path}: is not there; expected a checkpoint.") from None
    except SafetensorError as error:
        raise Refusal(f"{path}: is no file of safetensors ({error}).") from None
    if "embed_tokens.weight" not in weights:
        raise Refusal(f"{path}: has no embed_tokens.weight; expected SONAR's text encoder as transformers saves it.")
    return weights


def rename(name: str) -> str:
    for pattern, by in NAMES:
        name = re.sub(pattern, by, name)
    return name


def rows_of(pieces: SentencePieceModel, weights: dict[str, np.ndarray], specials: dict[str, int]) -> np.ndarray:
    """Embeddings by the SentencePiece model's numbers, then the languages' and that of the end.

    Three special tokens of the model are four here, so all others have the next number.
    """
    embeddings = weights["embed_tokens.weight"]
    count = len(pieces.pieces)
    expected = count + 1 + len(LANGUAGES)
    if len(embeddings) not in (expected, expected + MINED):
        raise Refusal(
            f"{pieces.path}: has {count} pieces, which with {len(LANGUAGES)} languages make {expected + MINED} tokens, "
            f"but the checkpoint has vectors of {len(embeddings)}."
        )
    special = len(OF_FAIRSEQ) + 1
    if any(pieces.is_normal(i) for i in range(special)):
        raise Refusal(f"{pieces.path}: does not begin with <unk>, <s> and </s>, as NLLB's model does.")
    numbers = [specials["<unk>"]] * special + [i + 1 for i in range(special, count)]
    languages = [count + 1 + i for i in range(len(LANGUAGES))]
    return embeddings[[*numbers, *languages, specials["</s>"]]]


if __name__ == "__main__":
    main()
