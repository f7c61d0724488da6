"""A Unigram vocabulary (Kudo 2018) of our own, in mBART's tokenizer."""

import io
import re

import sentencepiece
from encoder_parts.refusal import Refusal
from encoder_parts.translator import TRAINED_CODES
from transformers import MBartTokenizer

from .languages import code_of, codes_of, may_mean, new_code

SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]
TOO_MANY = re.compile(r"value <= (\d+)")


def make_tokenizer(texts: dict[str, list[str]], size: int, longest: int) -> MBartTokenizer:
    """A tokenizer whose pieces were made of these texts, as they are written.

    mBART's own 25 languages have their usual codes; any other gets one. No other language counts as known.
    """
    model = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=(line for lines in texts.values() for line in lines),
            model_writer=model,
            vocab_size=size,
            model_type="unigram",
            character_coverage=0.9995,
            normalization_rule_name="identity",
            input_sentence_size=1_000_000,
            shuffle_input_sentence=True,
            minloglevel=2,
        )
    except RuntimeError as error:
        most = TOO_MANY.search(str(error))
        advice = f"they make {most[1]} at most: --vocabulary {most[1]}" if most else f"{str(error).splitlines()[-1].split('] ')[-1]}. Give another number by --vocabulary"
        raise Refusal(f"No vocabulary of {size} pieces can be made of these texts; {advice}.") from None
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    known = codes_of(MBartTokenizer())
    tokenizer = MBartTokenizer(
        vocab=[(name, 0.0) for name in SPECIALS] + scored(pieces),
        additional_special_tokens=[new_code(language) for language in texts if not any(may_mean(language, code) for code in known)],
        model_max_length=longest,
    )
    tokenizer.init_kwargs[TRAINED_CODES] = [code_of(tokenizer, language, {}) for language in texts]
    return tokenizer


def scored(pieces: sentencepiece.SentencePieceProcessor) -> list[tuple[str, float]]:
    numbers = range(pieces.get_piece_size())
    normal = [i for i in numbers if not (pieces.is_control(i) or pieces.is_unknown(i))]
    return [(pieces.id_to_piece(i), pieces.get_score(i)) for i in normal]
