"""Makes tiny checkpoints of LASER2 and LASER3 with random weights, and the vectors that LASER gives.

    python3.8 -m venv venv && venv/bin/pip install "torch<2.5" fairseq==0.12.2 laser_encoders==0.0.2
    venv/bin/python test/pipelines/laser_checkpoints.py FOLDER

Of these, test/pipelines/encoder_folders.py makes the folders of test/pipelines/encoders/.
"""

import argparse
import json
import pathlib
import sys
from collections import Counter

import sentencepiece
import torch
from fairseq.data import Dictionary
from fairseq.models.transformer import TransformerEncoder
from laser_encoders.models import LaserLstmEncoder, SentenceEncoder

from encoder_texts import TEXTS, TRAINING, train_pieces

SIZE = 100


def write_vocabulary(path: pathlib.Path, pieces: sentencepiece.SentencePieceProcessor) -> Dictionary:
    """In another order than the model's, and without some pieces."""
    counts = Counter(piece for text in TRAINING for piece in pieces.encode(text.lower(), out_type=str))
    known = [piece for piece, _ in counts.most_common() if pieces.piece_to_id(piece) > 2]
    path.write_text("".join(f"{piece} {counts[piece]}\n" for piece in known), encoding="utf-8")
    return Dictionary.load(str(path))


def save_lstm(folder: pathlib.Path, dictionary: Dictionary) -> None:
    params = {
        "num_embeddings": len(dictionary),
        "padding_idx": 1,
        "embed_dim": 8,
        "hidden_size": 6,
        "num_layers": 3,
        "bidirectional": True,
        "left_pad": False,
        "padding_value": 0.0,
    }
    model = LaserLstmEncoder(**params)
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.6)
    torch.save({"params": params, "model": model.state_dict(), "dictionary": dictionary.indices}, folder / "laser2.pt")


def save_transformer(path: pathlib.Path, dictionary: Dictionary, **settings) -> None:
    """As fairseq saves a model with a decoder, of which LASER takes the encoder."""
    config = argparse.Namespace(
        encoder_embed_dim=8,
        encoder_ffn_embed_dim=12,
        encoder_layers=2,
        encoder_attention_heads=2,
        encoder_normalize_before=True,
        encoder_learned_pos=False,
        encoder_layerdrop=0,
        max_source_positions=128,
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        activation_fn="relu",
        adaptive_input=False,
        no_scale_embedding=False,
        no_token_positional_embeddings=False,
        layernorm_embedding=False,
        left_pad_source=True,
        prepend_bos=False,
        sentemb_criterion="maxpool",
    )
    vars(config).update(settings)
    if config.encoder_normalize_before:
        dictionary = Dictionary.load(str(path.parent / "laser.cvocab"))
        dictionary.add_symbol("<mask>")
    tokens = torch.nn.Embedding(len(dictionary), config.encoder_embed_dim, padding_idx=1)
    model = TransformerEncoder(config, dictionary, tokens)
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    weights = {f"encoder.{name}": value for name, value in model.state_dict().items()}
    weights["decoder.version"] = torch.tensor([3.0])
    torch.save({"cfg": {"model": config}, "model": weights}, path)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(23)
    pieces = train_pieces(folder, "laser", vocab_size=SIZE)
    dictionary = write_vocabulary(folder / "laser.cvocab", pieces)
    save_lstm(folder, dictionary)
    save_transformer(folder / "laser3.pt", dictionary)
    save_transformer(
        folder / "laser3-cls.pt",
        dictionary,
        encoder_normalize_before=False,
        prepend_bos=True,
        sentemb_criterion="cls",
        activation_fn="gelu",
        left_pad_source=False,
    )
    for name in ["laser2", "laser3", "laser3-cls"]:
        encoder = SentenceEncoder(
            folder / f"{name}.pt",
            max_sentences=4,
            spm_vocab=str(folder / "laser.cvocab"),
            spm_model=str(folder / "laser.model"),
            cpu=True,
        )
        vectors = encoder(TEXTS).tolist()
        reference = {"texts": TEXTS, "vectors": [[round(value, 6) for value in vector] for vector in vectors]}
        (folder / f"{name}.json").write_text(json.dumps(reference, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
