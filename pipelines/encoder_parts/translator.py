"""The encoder half of a translator of transformers: its graph, its tokenizer, and how it is told a text's language."""

import base64
import dataclasses
import json
import pathlib
import re
from collections.abc import Iterable

import torch
from transformers import AutoConfig, AutoModelForSeq2SeqLM, AutoTokenizer
from transformers.utils import cached_file

from .refusal import Refusal
from .sentencepiece_tokenizer import SentencePieceModel, tokenizer_json

# `en_XX` (mBART), `eng_Latn` (NLLB), `__en__` (M2M-100).
CODE = re.compile(r"[a-z]{2,3}_[A-Z][A-Za-z]{1,3}|__[a-z]{2,3}(?:_[A-Z][A-Za-z]{1,3})?__")
# A setting of tokenizers whose class knows more languages than the model was trained on.
TRAINED_CODES = "trained_codes"
DEFAULT_LONGEST = 512
# Other ways to attend are faster and harder to export.
EAGER = {"attn_implementation": "eager"}


@dataclasses.dataclass
class Translator:
    """A translator with all that is said of the texts that its encoder takes."""

    model: torch.nn.Module
    tokenizer: object
    # tokenizer.json, and the number that the model knows each of its tokens by; the same where there are none.
    tokenizer_json: dict
    rows: list[int] | None
    # The number of each language's token in tokenizer.json; nothing where texts are not told.
    codes: dict[str, int] | None
    longest: int
    prompts: dict[str, str]


class Encoder(torch.nn.Module):
    """Vectors of tokens, by their numbers in tokenizer.json."""

    def __init__(self, translator: Translator):
        super().__init__()
        self.encoder = translator.model.get_encoder()
        rows = translator.rows
        self.register_buffer("rows", None if rows is None else torch.tensor(rows))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        tokens = input_ids if self.rows is None else self.rows[input_ids]
        return self.encoder(input_ids=tokens, attention_mask=attention_mask, return_dict=True).last_hidden_state


def find(name: str, file: str) -> str | None:
    """A file of a folder or of the hub; nothing where there is none."""
    return cached_file(name, file, _raise_exceptions_for_missing_entries=False)


def is_translator(name: str, trust: bool) -> bool:
    """Whether it has a decoder, and is no encoder that sentence-transformers wrote, which may be half of such a model."""
    if find(name, "modules.json"):
        return False
    return getattr(AutoConfig.from_pretrained(name, trust_remote_code=trust), "is_encoder_decoder", False)


def open_translator(name: str, trust: bool) -> Translator:
    # What is published in half precision is opened so.
    model = AutoModelForSeq2SeqLM.from_pretrained(name, trust_remote_code=trust, **EAGER).float().eval()
    tokenizer = open_tokenizer(name, trust)
    vectors = model.get_input_embeddings().num_embeddings
    described, rows, codes = (of_library if tokenizer.is_fast else of_pieces)(name, tokenizer, vectors)
    limits = [tokenizer.model_max_length, getattr(model.config, "max_position_embeddings", None)]
    known = [limit for limit in limits if limit and limit < 1e6]
    tasks = getattr(model.config, "task_specific_params", None) or {}
    return Translator(
        model=model,
        tokenizer=tokenizer,
        tokenizer_json=described,
        rows=rows,
        codes=codes,
        longest=min(known, default=DEFAULT_LONGEST),
        prompts={task: settings["prefix"] for task, settings in tasks.items() if settings.get("prefix")},
    )


def open_tokenizer(name: str, trust: bool):
    try:
        return AutoTokenizer.from_pretrained(name, trust_remote_code=trust)
    except (OSError, TypeError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise Refusal(f"{name}: has no tokenizer that transformers opens ({reason}).") from None


def of_library(name: str, tokenizer, vectors: int) -> tuple[dict, None, dict[str, int] | None]:
    """A tokenizer of the tokenizers library: as it was published, but for what the class puts around a text."""
    # transformers 5 makes a tokenizer of special tokens alone where there is no file of one.
    files = sorted({"tokenizer.json", *tokenizer.vocab_files_names.values()})
    if not any(find(name, file) for file in files):
        raise Refusal(f"{name}: has no tokenizer; expected {' or '.join(files)} beside the model.")
    codes = choose_codes(name, tokenizer, vectors)
    made = json.loads(tokenizer.backend_tokenizer.to_str())
    published = find(name, "tokenizer.json")
    described = json.loads(pathlib.Path(published).read_text(encoding="utf-8")) if published else made
    pieces = find(name, "sentencepiece.bpe.model")
    # transformers 5 makes the normaliser anew from the class, and leaves that of mBART out.
    if not published and pieces and described["normalizer"] is None:
        described["normalizer"] = normalizer_of(SentencePieceModel(pathlib.Path(pieces)))
    described = {**described, "added_tokens": made["added_tokens"], "post_processor": made["post_processor"]}
    template = json.dumps(described["post_processor"])
    return described, None, codes if any(json.dumps(code) in template for code in codes) else None


def choose_codes(name: str, tokenizer, vectors: int) -> dict[str, int]:
    """The special tokens that are written as a language's code; the tokenizer is left at one of them."""
    special = {token.content: number for number, token in tokenizer.added_tokens_decoder.items() if token.special}
    codes = with_vectors(name, {code: special[code] for code in trained_of(tokenizer, special)}, vectors)
    if getattr(tokenizer, "src_lang", None) is None:
        return codes
    if not codes:
        raise Refusal(f"{name}: none of its special tokens is written as a language's code, such as en_XX, eng_Latn, __en__.")
    # NLLB's class begins with eng_Latn, be it there or not.
    if tokenizer.src_lang not in codes:
        tokenizer.src_lang = next(iter(codes))
    return codes


def trained_of(tokenizer, tokens: Iterable[str]) -> list[str]:
    """The codes of languages among tokens, without those that the tokenizer is told to have no training."""
    trained = tokenizer.init_kwargs.get(TRAINED_CODES)
    return [token for token in tokens if CODE.fullmatch(token) and (trained is None or token in trained)]


def with_vectors(name: str, codes: dict[str, int], vectors: int) -> dict[str, int]:
    """Classes add the codes of all languages that they know, also to the vocabulary of a model for a few."""
    known = {code: number for code, number in codes.items() if number < vectors}
    if codes and not known:
        raise Refusal(f"{name}: the model has vectors of {vectors} tokens, but none of the codes of its tokenizer's languages.")
    return known


def normalizer_of(pieces: SentencePieceModel) -> dict:
    charsmap = base64.b64encode(pieces.spec.precompiled_charsmap).decode()
    return {"type": "Precompiled", "precompiled_charsmap": charsmap}


def of_pieces(name: str, tokenizer, vectors: int) -> tuple[dict, list[int], dict[str, int] | None]:
    """A tokenizer of Python over a SentencePiece model, whose pieces have other numbers than the model's vocabulary."""
    path = getattr(tokenizer, "spm_file", None) or next(iter(getattr(tokenizer, "spm_files", [])), None)
    if path is None or not hasattr(tokenizer, "encoder"):
        raise Refusal(
            f"{name}: is cut into tokens by {type(tokenizer).__name__}, of which no tokenizer.json can be made here; "
            "expected one of the tokenizers library, or SentencePiece with a vocabulary (M2M-100, MarianMT)."
        )
    pieces = SentencePieceModel(pathlib.Path(path))
    vocabulary, unknown, end = tokenizer.encoder, tokenizer.unk_token_id, tokenizer.eos_token
    languages = with_vectors(name, getattr(tokenizer, "lang_token_to_id", {}), vectors)
    added = [*languages, end]
    described = tokenizer_json(pieces, added, before=[], first=list(languages)[:1], last=[end])
    rows = [vocabulary.get(piece, unknown) for piece in pieces.pieces]
    codes = {code: len(pieces.pieces) + i for i, code in enumerate(languages)}
    return described, [*rows, *languages.values(), tokenizer.eos_token_id], codes or None
