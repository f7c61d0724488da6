"""A SentencePiece model as a tokenizer.json of the tokenizers library: the same pieces, by the model's own numbers."""

import pathlib

from google.protobuf.message import DecodeError
from sentencepiece import sentencepiece_model_pb2

from .charsmap import APART, charsmap_steps, replace, replace_regex
from .refusal import Refusal

UNIGRAM, BPE = 1, 2
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
SPACE = "▁"


class SentencePieceModel:
    """A model's file: pieces by number, and how a text is normalised."""

    def __init__(self, path: pathlib.Path):
        self.path = path
        proto = sentencepiece_model_pb2.ModelProto()
        try:
            proto.ParseFromString(path.read_bytes())
        except FileNotFoundError:
            raise Refusal(f"{path}: is not there; expected the SentencePiece model.") from None
        except DecodeError:
            proto.Clear()
        if not proto.pieces:
            raise Refusal(f"{path}: is no SentencePiece model.")
        self.pieces = [piece.piece for piece in proto.pieces]
        self.scores = [piece.score for piece in proto.pieces]
        self.types = [piece.type for piece in proto.pieces]
        self.kind = proto.trainer_spec.model_type
        self.spec = proto.normalizer_spec
        self.check(proto.trainer_spec.treat_whitespace_as_suffix)

    def check(self, spaces_last: bool) -> None:
        if self.kind not in (UNIGRAM, BPE):
            raise Refusal(f"{self.path}: cuts texts into characters or words; expected a unigram or a BPE model.")
        for kind, name in ((USER_DEFINED, "user-defined symbols"), (BYTE, "pieces of bytes")):
            if kind in self.types:
                raise Refusal(f"{self.path}: has {self.types.count(kind)} {name}; expected pieces of text only.")
        if spaces_last or not self.spec.escape_whitespaces:
            raise Refusal(f"{self.path}: does not put {SPACE} for the space before a word, as all others do.")
        if UNKNOWN not in self.types:
            raise Refusal(f"{self.path}: has no piece for what is unknown.")

    def normalizer(self, before: list[dict]) -> dict:
        """Steps that lead from a text to the characters that are cut into pieces."""
        steps = [*before, *charsmap_steps(self.spec.precompiled_charsmap)]
        if self.spec.remove_extra_whitespaces:
            steps += [replace_regex(" {2,}", " "), replace_regex("^ | $", "")]
        if self.spec.add_dummy_prefix:
            steps.append({"type": "Prepend", "prepend": SPACE})
        return {"type": "Sequence", "normalizers": [*steps, replace(" ", SPACE)]}

    def model(self, added: list[str]) -> dict:
        """The pieces, then the added tokens, none of which a text can have."""
        names = [self.name_of(i) for i in self.numbers()] + [hidden(name) for name in added]
        if self.kind == BPE:
            return self.merges(names)
        scores = [score if kind == NORMAL else 0.0 for score, kind in zip(self.scores, self.types)]
        return {
            "type": "Unigram",
            "unk_id": self.types.index(UNKNOWN),
            "vocab": [list(piece) for piece in zip(names, scores + [0.0] * len(added))],
            "byte_fallback": False,
        }

    def merges(self, names: list[str]) -> dict:
        """Two neighbours become a piece wherever the piece is known, the best one first (Sennrich et al. 2016)."""
        score = {piece: self.scores[i] for i, piece in enumerate(self.pieces) if self.is_normal(i)}
        order = {piece: i for i, piece in enumerate(score)}
        merges = []
        for piece in sorted(score, key=lambda piece: -score[piece]):
            cuts = [(piece[:i], piece[i:]) for i in range(1, len(piece))]
            found = [(left, right) for left, right in cuts if left in score and right in score]
            merges += sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))
        return {
            "type": "BPE",
            "dropout": None,
            "unk_token": names[self.types.index(UNKNOWN)],
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": True,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {name: i for i, name in enumerate(names)},
            "merges": [list(pair) for pair in merges],
        }

    def numbers(self) -> range:
        return range(len(self.pieces))

    def is_normal(self, i: int) -> bool:
        return self.types[i] == NORMAL

    def name_of(self, i: int) -> str:
        return self.pieces[i] if self.is_normal(i) else hidden(self.pieces[i])


def hidden(name: str) -> str:
    """A name that no text can spell: a text with `</s>` does not end there."""
    return APART + name


def tokenizer_json(
    model: SentencePieceModel, added: list[str], *, before: list[dict], first: list[str], last: list[str]
) -> dict:
    """A tokenizer that puts the tokens `first` and `last` of those added around each text.

    The added tokens' numbers follow those of the pieces.
    """
    numbers = {name: len(model.pieces) + i for i, name in enumerate(added)}

    def token(name: str) -> dict:
        return {"SpecialToken": {"id": name, "type_id": 0}}

    def text(name: str) -> dict:
        return {"Sequence": {"id": name, "type_id": 0}}

    begin, end = [token(name) for name in first], [token(name) for name in last]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": model.normalizer(before),
        "pre_tokenizer": None,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [*begin, text("A"), *end],
            "pair": [*begin, text("A"), text("B"), *end],
            "special_tokens": {
                name: {"id": name, "ids": [numbers[name]], "tokens": [name]} for name in {*first, *last}
            },
        },
        "decoder": None,
        "model": model.model(added),
    }
