"""Compares a folder of a translator's encoder with transformers: tokens, and vectors."""

import pathlib

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from .check_tokens import count_others
from .translator import Translator

TEXTS = ["The old mill stands by the river.", "42 %", "Wohin führt dieser lange Weg, an dem die Steine liegen?"]


def compare_tokens(translator: Translator, folder: pathlib.Path, text: pathlib.Path) -> None:
    """Prints how many lines have other tokens."""
    rows = translator.rows
    count_others(
        folder,
        text,
        lambda line: translator.tokenizer(line, add_special_tokens=False)["input_ids"],
        lambda numbers: numbers if rows is None else [rows[number] for number in numbers],
    )


def least_cosine(translator: Translator, folder: pathlib.Path) -> float:
    """The least cosine between a sentence's vector by ONNX Runtime and by PyTorch, in every language."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    session = onnxruntime.InferenceSession(folder / "onnx" / "model.onnx", providers=["CPUExecutionProvider"])
    cosines = []
    for code in translator.codes or [None]:
        expected = reference_vectors(translator, TEXTS, code)
        for text, vector in zip(TEXTS, expected):
            ids = tokenizer.encode(text).ids
            if code is not None:
                ids[code_place(ids, translator.codes)] = translator.codes[code]
            inputs = {"input_ids": np.array([ids]), "attention_mask": np.ones((1, len(ids)), dtype=np.int64)}
            found = session.run(None, inputs)[0][0].mean(axis=0, dtype=np.float64)
            cosines.append(found @ vector / np.linalg.norm(found) / np.linalg.norm(vector))
    return float(min(cosines))


def code_place(ids: list[int], codes: dict[str, int]) -> int:
    return 0 if ids[0] in codes.values() else -1


def reference_vectors(translator: Translator, texts: list[str], code: str | None) -> np.ndarray:
    """The mean of the encoder's last states over all tokens that are no padding (Tran et al. 2020)."""
    tokenizer = translator.tokenizer
    if code is not None:
        tokenizer.src_lang = code.strip("_")
    inputs = tokenizer(texts, padding=True, truncation=True, max_length=translator.longest, return_tensors="pt")
    with torch.no_grad():
        states = translator.model.get_encoder()(**inputs, return_dict=True).last_hidden_state
    mask = inputs["attention_mask"].unsqueeze(-1)
    return ((states.double() * mask).sum(dim=1) / mask.sum(dim=1)).numpy()
