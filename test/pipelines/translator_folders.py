"""Makes the folders of test/pipelines/translators/: encoders of tiny translators with random weights, exported by
pipelines/export-onnx.py, with the vectors that transformers gives in each of their languages beside them.

    pip install torch==2.13.0 transformers==5.24.0 sentence-transformers==6.2.0 onnx onnxruntime sentencepiece protobuf sacremoses
    python3 test/pipelines/translator_folders.py

It fails unless tokens and vectors are those of transformers, and unless what cannot be exported is refused in one sentence.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import torch
import transformers
from sentencepiece import SentencePieceProcessor

from encoder_texts import TEXTS as ALL_TEXTS
from encoder_texts import train_pieces

HERE = pathlib.Path(__file__).parent
OUTPUT = HERE / "translators"
EXPORT = [sys.executable, str(HERE.parents[1] / "pipelines" / "export-onnx.py")]
PIECES = 90
# Without the one of no token, which the mean of none is asked of, and texts that hold names of special tokens.
TEXTS = [text for text in ALL_TEXTS if "</s>" not in text and text != ""]
SIZES = {"d_model": 8, "encoder_layers": 2, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2}
WIDTHS = {"encoder_ffn_dim": 12, "decoder_ffn_dim": 12, "max_position_embeddings": 64}
SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]


def unigram(processor: SentencePieceProcessor, first: list[str]) -> list[tuple[str, float]]:
    """Special tokens as a library has them, then the pieces."""
    ids = range(processor.get_piece_size())
    normal = [i for i in ids if not (processor.is_control(i) or processor.is_unknown(i))]
    return [(name, 0.0) for name in first] + [(processor.id_to_piece(i), processor.get_score(i)) for i in normal]


def bpe(processor: SentencePieceProcessor) -> dict:
    names = [name for name, _ in unigram(processor, SPECIALS)]
    numbers = {name: i for i, name in enumerate(names)}
    cuts = [(name[:i], name[i:]) for name in names[4:] for i in range(1, len(name))]
    return {"vocab": numbers, "merges": [cut for cut in cuts if cut[0] in numbers and cut[1] in numbers]}


def mbart(folder: pathlib.Path) -> tuple:
    tokenizer = transformers.MBartTokenizer(vocab=unigram(train_pieces(folder, "pieces", vocab_size=PIECES), SPECIALS))
    return transformers.MBartForConditionalGeneration(transformers.MBartConfig(**of(tokenizer))), tokenizer


def mbart50(folder: pathlib.Path) -> tuple:
    tokenizer = transformers.MBart50Tokenizer(vocab=unigram(train_pieces(folder, "pieces", vocab_size=PIECES), SPECIALS))
    return transformers.MBartForConditionalGeneration(transformers.MBartConfig(**of(tokenizer))), tokenizer


def nllb(folder: pathlib.Path, codes=("eng_Latn", "wol_Latn", "zho_Hans", "zho_Hant"), **how) -> tuple:
    processor = train_pieces(folder, "pieces", vocab_size=PIECES, model_type="bpe")
    tokenizer = transformers.NllbTokenizer(**bpe(processor), extra_special_tokens=list(codes), **how)
    return transformers.M2M100ForConditionalGeneration(transformers.M2M100Config(**of(tokenizer))), tokenizer


def nllb_legacy(folder: pathlib.Path) -> tuple:
    """Without English, at which the class begins."""
    return nllb(folder, ("wol_Latn", "fra_Latn"), legacy_behaviour=True)


def vocabulary_of(processor: SentencePieceProcessor, folder: pathlib.Path, specials: list[str]) -> str:
    """A vocabulary in another order than the model's, that lacks some of its pieces."""
    pieces = [name for name, _ in unigram(processor, [])]
    names = [*specials, *sorted(pieces)[:-5]]
    path = folder / "vocab.json"
    path.write_text(json.dumps({name: i for i, name in enumerate(names)}, ensure_ascii=False), encoding="utf-8")
    return str(path)


def m2m100(folder: pathlib.Path) -> tuple:
    processor = train_pieces(folder, "pieces", vocab_size=PIECES, model_type="bpe")
    vocabulary = vocabulary_of(processor, folder, SPECIALS)
    tokenizer = transformers.M2M100Tokenizer(vocabulary, str(folder / "pieces.model"), language_codes="wmt21")
    tokens = len(tokenizer.encoder) + len(tokenizer.lang_token_to_id) + tokenizer.num_madeup_words
    return transformers.M2M100ForConditionalGeneration(transformers.M2M100Config(**of(tokenizer, tokens))), tokenizer


def marian(folder: pathlib.Path) -> tuple:
    processor = train_pieces(folder, "pieces", vocab_size=PIECES)
    (folder / "other").mkdir()
    train_pieces(folder / "other", "pieces", vocab_size=PIECES - 20)
    vocabulary = vocabulary_of(processor, folder, ["</s>", "<unk>", "<pad>"])
    models = [str(folder / "pieces.model"), str(folder / "other" / "pieces.model")]
    tokenizer = transformers.MarianTokenizer(*models, vocabulary, source_lang="en", target_lang="de")
    config = transformers.MarianConfig(**of(tokenizer, len(tokenizer.encoder)), decoder_start_token_id=2, eos_token_id=0)
    return transformers.MarianMTModel(config), tokenizer


def t5(folder: pathlib.Path) -> tuple:
    vocabulary = unigram(train_pieces(folder, "pieces", vocab_size=PIECES), ["<pad>", "</s>", "<unk>"])
    tokenizer = transformers.T5Tokenizer(vocab=vocabulary, extra_ids=2)
    sizes = {"vocab_size": len(tokenizer), "d_model": 8, "d_kv": 4, "d_ff": 12, "num_layers": 2, "num_heads": 2}
    prefix = {"translation_en_to_de": {"prefix": "translate English to German: "}}
    return transformers.T5ForConditionalGeneration(transformers.T5Config(**sizes, task_specific_params=prefix)), tokenizer


def of(tokenizer, tokens: int | None = None) -> dict:
    padding = {"pad_token_id": tokenizer.pad_token_id}
    return {**SIZES, **WIDTHS, **padding, "vocab_size": tokens or len(tokenizer)}


def vectors_of(model, tokenizer, language: str | None) -> list[list[float]]:
    """One text at a time, so that nothing is padded: the mean of the encoder's last states."""
    if language is not None:
        tokenizer.src_lang = language
    found = []
    for text in TEXTS:
        inputs = tokenizer(text, truncation=True, max_length=WIDTHS["max_position_embeddings"], return_tensors="pt")
        with torch.no_grad():
            states = model.get_encoder()(**inputs).last_hidden_state
        found.append([round(value, 6) for value in states[0].mean(dim=0).tolist()])
    return found


def make(name: str, build, given: pathlib.Path) -> None:
    torch.manual_seed(29)
    given.mkdir()
    model, tokenizer = build(given)
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    start, folder = given / "start", OUTPUT / name
    model.save_pretrained(start)
    tokenizer.save_pretrained(start)
    # What is computed, such as positions, is not saved.
    model = type(model).from_pretrained(start).eval()
    (given / "lines").write_text("\n".join(TEXTS), encoding="utf-8")
    command = [*EXPORT, str(start), str(folder), "--check", str(given / "lines")]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(told, end="")
    if "PyTorch: 1.0000000" not in told or " 0 of " not in told:
        sys.exit(f"{name}: has other tokens or vectors than transformers.")
    codes = folder / "language_codes.json"
    known = json.loads(codes.read_text())["codes"] if codes.exists() else None
    vectors = {code: vectors_of(model, tokenizer, code.strip("_")) for code in known or []} or vectors_of(model, tokenizer, None)
    reference = json.dumps({"texts": TEXTS, "vectors": vectors}, ensure_ascii=False)
    (folder / "reference.json").write_text(reference + "\n", encoding="utf-8")


def refuse(expected: str, start: pathlib.Path, folder: pathlib.Path) -> None:
    result = subprocess.run([*EXPORT, str(start), str(folder)], capture_output=True, text=True)
    message = result.stderr.strip().split("\n")[-1]
    if result.returncode == 0 or expected not in message or not message.startswith("export-onnx"):
        sys.exit(f"{start}: expected {expected!r}, found {result.returncode}: {result.stderr}")


def refuse_all(given: pathlib.Path) -> None:
    """A tokenizer of bytes, none, none that transformers misses, one of other languages, and a folder that is in use."""
    new = given / "new"
    t5(folder_in(given, "bytes"))[0].save_pretrained(given / "bytes" / "start")
    transformers.ByT5Tokenizer().save_pretrained(given / "bytes" / "start")
    refuse("is cut into tokens by ByT5Tokenizer", given / "bytes" / "start", new)
    for part in nllb(folder_in(given, "names"), ["wolof", "french"]):
        part.save_pretrained(given / "names" / "start")
    refuse("none of its special tokens is written as a language's code", given / "names" / "start", new)
    m2m100(folder_in(given, "none"))[0].save_pretrained(given / "none" / "start")
    refuse("has no tokenizer that transformers opens", given / "none" / "start", new)
    model, tokenizer = mbart(folder_in(given, "few"))
    model.resize_token_embeddings(PIECES)
    model.save_pretrained(given / "few" / "start")
    refuse("has no tokenizer; expected sentencepiece.bpe.model or tokenizer.json", given / "few" / "start", new)
    tokenizer.save_pretrained(given / "few" / "start")
    refuse(f"the model has vectors of {PIECES} tokens, but none of the codes", given / "few" / "start", new)
    refuse("is not empty", given / "few" / "start", given)
    if new.exists():
        sys.exit("What was refused has left a folder.")


def folder_in(given: pathlib.Path, name: str) -> pathlib.Path:
    (given / name).mkdir()
    return given / name


def main() -> None:
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        refuse_all(folder_in(pathlib.Path(folder), "refused"))
        for build in [mbart, mbart50, nllb, nllb_legacy, m2m100, marian, t5]:
            name = build.__name__.replace("_", "-")
            make(name, build, pathlib.Path(folder) / name)


if __name__ == "__main__":
    main()
