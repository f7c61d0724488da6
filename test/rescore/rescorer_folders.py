"""Makes the re-scorers of test/rescore/folders/, of random weights, and the scores that the Python libraries give.

    pip install sentence-transformers==6.2.0 transformers==4.57.6 torch==2.13.0 onnx FlagEmbedding==1.4.2
    python3 test/rescore/rescorer_folders.py

The scores of `bert` and `xlm-roberta` are those of sentence-transformers' CrossEncoder, the scores of `bge-m3` those of
FlagEmbedding's BGEM3FlagModel, a pair at a time, so that no padding counts. pipelines/export-onnx.py makes the graphs.
"""

import json
import pathlib
import runpy
import shutil
import sys
import tempfile

import numpy as np
import onnx
import torch
from FlagEmbedding import BGEM3FlagModel
from onnx import TensorProto, helper, numpy_helper
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
    XLMRobertaModel,
    XLMRobertaTokenizerFast,
)

HERE = pathlib.Path(__file__).parent / "folders"
EXPORT = pathlib.Path(__file__).parents[2] / "pipelines" / "export-onnx.py"
WIDTH = 8
LONGEST = 20
LETTERS = "abcdefghilmnorstuvwy東京日本のשלוםעمرحبا."
PAIRS = [
    ["the mill by the river", "die mühle am fluss"],
    ["die mühle am fluss", "the mill by the river"],
    ["the", "a mill by the river and its miller in the sun"],
    ["the mill the mill the river", "the mill"],
    ["", "the mill"],
    ["the mill", ""],
    ["", ""],
    ["a mill by the river and its miller in the sun", "a"],
    ["the mill by the river and the miller", "the miller is in the mill by the river today"],
    ["東京の日本", "日本 東京"],
    ["שלום עולם", "hello mill"],
    ["مرحبا", "שלום"],
    ["the ☃ mill", "the ☃"],
]


def bert_tokenizer(folder: pathlib.Path) -> BertTokenizerFast:
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "mill", "##er", "by", "river", *LETTERS, *(f"##{c}" for c in LETTERS)]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n")
    return BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=LONGEST)


def xlm_roberta_tokenizer() -> XLMRobertaTokenizerFast:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁the", "▁mill", "er", "▁by", "▁river", "ver", "▁東", *LETTERS]
    made = Tokenizer(models.Unigram([(piece, 0.0 if i < 4 else -1.0 - i / 8) for i, piece in enumerate(pieces)], unk_id=3))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return XLMRobertaTokenizerFast(tokenizer_object=made, model_max_length=LONGEST)


def export(source: pathlib.Path, folder: pathlib.Path) -> None:
    sys.argv = ["export-onnx.py", str(source), str(folder)]
    runpy.run_path(str(EXPORT), run_name="__main__")


def edit(path: pathlib.Path, **fields) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}, indent=2, ensure_ascii=False) + "\n")


def keep(folder: pathlib.Path, reference: dict) -> None:
    for spare in ("vocab.txt", "special_tokens_map.json", "sentencepiece.bpe.model"):
        (folder / spare).unlink(missing_ok=True)
    (folder / "reference.json").write_text(json.dumps({"pairs": PAIRS, **reference}, ensure_ascii=False) + "\n")


def cross_encoder(name: str, model: torch.nn.Module, tokenizer, **config) -> None:
    with tempfile.TemporaryDirectory() as place:
        model.save_pretrained(place)
        tokenizer.save_pretrained(place)
        edit(pathlib.Path(place) / "config.json", **config)
        scores = CrossEncoder(place, device="cpu").predict(PAIRS, batch_size=1)
        export(pathlib.Path(place), HERE / name)
    keep(HERE / name, {"scores": [round(float(score), 7) for score in scores]})


def bge_m3(config: XLMRobertaConfig, tokenizer) -> None:
    with tempfile.TemporaryDirectory() as place:
        XLMRobertaModel(config, add_pooling_layer=False).save_pretrained(place)
        tokenizer.save_pretrained(place)
        heads = {"sparse_linear": torch.nn.Linear(WIDTH, 1), "colbert_linear": torch.nn.Linear(WIDTH, WIDTH)}
        torch.nn.init.constant_(heads["sparse_linear"].bias, 0.7)
        for head, layer in heads.items():
            torch.save(layer.state_dict(), pathlib.Path(place) / f"{head}.pt")
        library = BGEM3FlagModel(place, use_fp16=False, devices="cpu")
        weights = [1.0, 0.3, 1.0]
        found = [
            library.compute_score([pair], max_query_length=LONGEST, max_passage_length=LONGEST, weights_for_different_modes=weights)
            for pair in PAIRS
        ]
        export(pathlib.Path(place), HERE / "bge-m3")
    # It is noted where the encoder came from, which is another place each time.
    edit(HERE / "bge-m3" / "config.json", _name_or_path="bge-m3")
    parts = {part: [round(of[part][0], 7) for of in found] for part in ("dense", "sparse", "colbert")}
    keep(HERE / "bge-m3", {**parts, "scores": [round(of["colbert+sparse+dense"][0], 7) for of in found]})


def small_graph(name: str, nodes, outputs: dict[str, list], constants=()) -> None:
    """A folder with the tokenizer of `bert` and a graph of a few nodes."""
    folder = HERE / name
    folder.mkdir()
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(HERE / "bert" / file, folder / file)
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape) for output, shape in outputs.items()],
        [numpy_helper.from_array(np.array(values), name) for name, values in constants],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10), folder / "model.onnx")


def main() -> None:
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir()
    torch.manual_seed(33)
    size = {"hidden_size": WIDTH, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": WIDTH, "initializer_range": 0.7}
    with tempfile.TemporaryDirectory() as place:
        tokenizer = bert_tokenizer(pathlib.Path(place))
        config = BertConfig(vocab_size=len(tokenizer), max_position_embeddings=LONGEST, num_labels=1, **size)
        cross_encoder("bert", BertForSequenceClassification(config), tokenizer)
    tokenizer = xlm_roberta_tokenizer()
    large = {"vocab_size": len(tokenizer), "max_position_embeddings": LONGEST + 2, "type_vocab_size": 1, **size}
    config = XLMRobertaConfig(num_labels=1, **large)
    identity = {"sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity", "version": "4.0.0"}}
    cross_encoder("xlm-roberta", XLMRobertaForSequenceClassification(config), tokenizer, **identity)
    bge_m3(XLMRobertaConfig(**large), tokenizer)

    # The sum of a pair's token numbers, over and over; [UNK], token 1, makes it NaN.
    numbers = helper.make_node("Cast", ["input_ids"], ["numbers"], to=TensorProto.FLOAT)
    less = helper.make_node("Sub", ["numbers", "one"], ["less"])
    nan = helper.make_node("Div", ["less", "less"], ["ones"])
    products = helper.make_node("Mul", ["numbers", "ones"], ["products"])
    total = lambda width: helper.make_node("ReduceSum", ["products", "axis"], ["logits" if width == 1 else "sum"], keepdims=1)
    constants = [("one", np.float32(1)), ("axis", np.array([1]))]
    small_graph("not-a-number", [numbers, less, nan, products, total(1)], {"logits": ["texts", 1]}, constants)
    twice = helper.make_node("Concat", ["sum", "sum"], ["logits"], axis=1)
    small_graph("two-logits", [numbers, less, nan, products, total(2), twice], {"logits": ["texts", 2]}, constants)
    dense, sparse = helper.make_node("Identity", ["sum"], ["dense_vecs"]), helper.make_node("Identity", ["products"], ["sparse_vecs"])
    outputs = {"dense_vecs": ["texts", 1], "sparse_vecs": ["texts", "tokens"]}
    small_graph("no-colbert", [numbers, less, nan, products, total(2), dense, sparse], outputs, constants)

    # Token n has the vector 2 · (cos n, sin n) and the weight n.
    angles = np.arange(100)
    table = (2 * np.stack([np.cos(angles), np.sin(angles)], axis=1)).astype(np.float32)
    gather = helper.make_node("Gather", ["table", "input_ids"], ["colbert"])
    first = helper.make_node("Gather", ["colbert", "first"], ["dense"], axis=1)
    weights = helper.make_node("Cast", ["input_ids"], ["sparse"], to=TensorProto.FLOAT)
    outputs = {"dense": ["texts", 2], "sparse": ["texts", "tokens"], "colbert": ["texts", "tokens", 2]}
    small_graph("raw-heads", [gather, first, weights], outputs, [("table", table), ("first", np.array(0))])


main()
