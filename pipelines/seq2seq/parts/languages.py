"""Languages as their files name them (`de`), and the tokens that tell them to a translator (`de_DE`, `deu_Latn`)."""

from encoder_parts.refusal import Refusal
from encoder_parts.translator import CODE, trained_of
from langcodes import Language, LanguageTagError, standardize_tag


def codes_of(tokenizer) -> list[str]:
    """M2M-100's class keeps its codes apart from all other tokens."""
    tokens = getattr(tokenizer, "lang_token_to_id", None) or tokenizer.get_added_vocab()
    return trained_of(tokenizer, tokens)


def code_of(tokenizer, language: str, told: dict[str, str]) -> str:
    """The token of a language: the one that was told, or of that name, or the only one of that language."""
    codes = codes_of(tokenizer)
    name = told.get(language, language)
    if name in codes:
        return name
    meant = [code for code in codes if may_mean(name, code)]
    if len(meant) == 1:
        return meant[0]
    found = f"has {' and '.join(meant)} for" if meant else "has no code of"
    known = ", ".join(codes) or "none: a translator that is told no language cannot be trained here"
    raise Refusal(f"The vocabulary {found} the language {name}; it has {known}. Name one by --code {language}=CODE.")


def read_as(tokenizer, code: str) -> None:
    """What the tokenizer reads from here on is of this language, which M2M-100's class calls `en` and writes as `__en__`."""
    tokenizer.src_lang = code.strip("_")


def new_code(language: str) -> str:
    """What a language is called in a vocabulary of our own: `sw_XX`; a name with a script is one already."""
    code = language if "_" in language else f"{language}_XX"
    if not CODE.fullmatch(code):
        raise Refusal(f"{language}: is no language's name; expected two or three small letters, and a script at most: sw, mri_Latn.")
    return code


def decoder_prefix(model, tokenizer, code: str) -> list[int]:
    """The tokens before a translation: the language's code, where mBART's decoder begins; others begin with a mark."""
    number = tokenizer.convert_tokens_to_ids(code)
    if model.config.model_type == "mbart" and not tokenizer.prefix_tokens:
        return [number]
    return [model.config.decoder_start_token_id, number]


def may_mean(name: str, code: str) -> bool:
    """Whether both say one language, and no two scripts: de, deu and deu_Latn, but not zho_Hant and zh_CN."""
    one, other = read_tag(name), read_tag(code)
    if one is None or other is None or one.language != other.language:
        return False
    return any(is_bare(tag) for tag in (one, other)) or one.maximize().script == other.maximize().script


def read_tag(tag: str) -> Language | None:
    """What a tag says, by the usual one of its names: German of deu, Arabic of arb; nothing of what is no tag."""
    try:
        return Language.get(standardize_tag(tag.strip("_"), macro=True))
    except LanguageTagError:
        return None


def is_bare(tag: Language) -> bool:
    return tag.script is None and tag.territory is None
