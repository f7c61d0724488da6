"""Checks how test sets are read and which of sacrebleu's tokenizers a language has, by its signature."""

import pathlib
import sys
import tempfile

sys.path[:0] = ["pipelines", "pipelines/seq2seq"]
from encoder_parts.refusal import Refusal
from parts.scores import read_test_set, score

EXPECTED = {
    "zh": ["zh", "zh_CN", "__zh__", "zho_Hans", "zho_Hant", "cmn_Hans", "yue_Hant"],
    "char": ["ja", "ja_XX", "__ja__", "jpn_Jpan", "ko_KR", "kor_Hang"],
    "13a": ["de_DE", "deu_Latn", "__de__"],
}
for tokenizer, codes in EXPECTED.items():
    for code in codes:
        signature = score(["a b"], ["a b"], ("de", "en"), code)["signatures"]
        assert f"|tok:{tokenizer}|" in signature, (code, signature)

with tempfile.TemporaryDirectory() as folder:
    sides = [pathlib.Path(folder) / name for name in ("test.de", "test.en")]
    told = f"de-en={sides[0]},{sides[1]}"
    sides[0].write_bytes("eins\u2028zwei\r\n\nvier\n".encode())
    sides[1].write_bytes("one\x0ctwo\n\x85\nfo\x85ur".encode())
    read = read_test_set(told).sides
    assert read == (["eins\u2028zwei", "", "vier"], ["one\x0ctwo", "\x85", "fo\x85ur"]), read
    sides[1].write_bytes(b"one\n\n\xff\n")
    try:
        read_test_set(told)
        raise AssertionError("what is no UTF-8 is refused")
    except Refusal as refusal:
        assert f"{sides[1]}, line 3: is no text in UTF-8" in str(refusal), refusal
