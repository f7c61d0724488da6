"""Exports a sentence encoder to a folder that crisscross opens: its configuration, tokenizer.json and onnx/model.onnx.

    pip install sentence-transformers onnx
    python3 pipelines/export-onnx.py intfloat/multilingual-e5-small models/e5
    crisscross mine de.txt en.txt --encoder models/e5

NAME is whatever sentence-transformers opens: a name of the hub, or a folder. Only the Transformer becomes a graph, in
float32; pooling, dense layers and normalisation stay in the configuration, which crisscross follows. Encoders whose
code is in their repository want --trust-remote-code: read it first.

What scores pairs is exported in the same way: a cross-encoder with its logit, and BGE-M3 with its two further heads in
the graph, so that its folder is an encoder and a re-scorer.

    python3 pipelines/export-onnx.py BAAI/bge-reranker-v2-m3 models/reranker
    python3 pipelines/export-onnx.py BAAI/bge-m3 models/bge-m3
    crisscross score pairs.tsv --rescore models/reranker

Of a translator, the encoder alone is exported: mBART, mBART-50, M2M-100, NLLB, MarianMT, T5 and what is built like
them. A sentence is the mean of its last states over all tokens, the language's code and the end mark included, as in
CRISS (Tran et al. 2020). Which tokens are codes is kept in language_codes.json; a text's is told by --language. A
tokenizer without a tokenizer.json is made into one, and --check FILE counts the lines of a text that it cuts into
other tokens. The least cosine between ONNX Runtime's vectors and PyTorch's is printed.

    pip install sentence-transformers onnx onnxruntime sentencepiece protobuf sacremoses
    python3 pipelines/export-onnx.py facebook/mbart-large-50 models/mbart50
    crisscross mine de.txt en.txt --encoder models/mbart50 --language de --target-language en
"""

import argparse
import json
import pathlib

import onnx
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer

from encoder_parts.folder import write_folder
from encoder_parts.refusal import Refusal, ending_by_refusal
from encoder_parts.translator import EAGER, Encoder, find, is_translator, open_translator

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Vectors(torch.nn.Module):
    """The Transformer as a function of its inputs by position, as an exporter wants it."""

    def __init__(self, model: torch.nn.Module, names: list[str], output: str):
        super().__init__()
        self.model, self.names, self.output = model, names, output

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.model(**dict(zip(self.names, inputs)), return_dict=True)[self.output]


class Heads(torch.nn.Module):
    """BGE-M3: the tokens' vectors, and what its heads make of them: one vector, a weight for each token, and a vector for
    each token but the first."""

    OUTPUTS = {
        "last_hidden_state": {0: "texts", 1: "tokens"},
        "dense_vecs": {0: "texts"},
        "sparse_vecs": {0: "texts", 1: "tokens"},
        "colbert_vecs": {0: "texts", 1: "others"},
    }

    def __init__(self, model: torch.nn.Module, names: list[str], heads: list[dict]):
        super().__init__()
        self.model, self.names = model, names
        self.sparse, self.colbert = map(linear, heads)

    def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, ...]:
        states = self.model(**dict(zip(self.names, inputs)), return_dict=True).last_hidden_state
        unit = torch.nn.functional.normalize
        vectors = unit(self.colbert(states[:, 1:]), dim=-1)
        return states, unit(states[:, 0], dim=-1), torch.relu(self.sparse(states)), vectors


def linear(weights: dict[str, torch.Tensor]) -> torch.nn.Linear:
    outputs, inputs = weights["weight"].shape
    layer = torch.nn.Linear(inputs, outputs)
    layer.load_state_dict(weights)
    return layer.float()


def read_heads(name: str) -> list[dict] | None:
    """The weights of BGE-M3's two further heads, which lie beside the model in files of PyTorch; nothing of others."""
    paths = [find(name, file) for file in ("sparse_linear.pt", "colbert_linear.pt")]
    return [torch.load(path, map_location="cpu", weights_only=True) for path in paths] if all(paths) else None


def scores_pairs(name: str) -> bool:
    """Whether it is a classifier of pairs, which gives logits and no vectors."""
    path = find(name, "config.json")
    config = json.loads(pathlib.Path(path).read_text(encoding="utf-8")) if path else {}
    return any(name.endswith("ForSequenceClassification") for name in config.get("architectures") or [])


def output_of(transformer: torch.nn.Module) -> str:
    """The output that the encoder's other modules go on with: a vector for each token, or the pooler's."""
    text = getattr(transformer, "modality_config", {}).get("text", {})
    return text.get("method_output_name", "last_hidden_state")


def name_config(path: pathlib.Path, name: str) -> None:
    """Notes what the encoder is on the hub, by which crisscross knows a prompt that only its card asks for."""
    config = json.loads(path.read_text(encoding="utf-8"))
    config.setdefault("_name_or_path", name)
    path.write_text(json.dumps(config, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def export(model: torch.nn.Module, inputs: dict[str, torch.Tensor], outputs: dict[str, dict], folder: pathlib.Path) -> None:
    """Writes onnx/model.onnx; `outputs` names the axes of each that differ from call to call."""
    place = folder / "onnx"
    place.mkdir(exist_ok=True)
    axes = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        model,
        tuple(inputs.values()),
        str(place / "model.onnx"),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={**{name: axes for name in inputs}, **outputs},
        opset_version=17,
        dynamo=False,
    )
    join_weights(place)


def join_weights(place: pathlib.Path) -> None:
    """Puts weights of more than 2 GiB, each of which the exporter writes into a file of its own, into one."""
    path = place / "model.onnx"
    parts = [file for file in place.iterdir() if file != path]
    if not parts:
        return
    model = onnx.load(str(path))
    for part in parts:
        part.unlink()
    onnx.save_model(model, str(path), save_as_external_data=True, location="model.onnx_data")
    # onnx makes a file that nobody else may read.
    (place / "model.onnx_data").chmod(path.stat().st_mode)


def keep_tokenizer(tokenizer, folder: pathlib.Path) -> None:
    if not (folder / "tokenizer.json").exists():
        tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    for weights in folder.glob("model*.safetensors"):
        weights.unlink()  # the graph holds them


def inputs_of(tokenizer, *texts: list[str]) -> dict[str, torch.Tensor]:
    example = tokenizer(*texts, padding=True, truncation=True, return_tensors="pt")
    return {name: example[name] for name in example if name in INPUTS}


def export_encoder(name: str, folder: pathlib.Path, trust: bool) -> None:
    # What is published in half precision is opened so.
    encoder = SentenceTransformer(name, device="cpu", trust_remote_code=trust, model_kwargs=EAGER).float()
    encoder.save_pretrained(str(folder), create_model_card=False)
    keep_tokenizer(encoder.tokenizer, folder)
    name_config(folder / "config.json", name)
    inputs = inputs_of(encoder.tokenizer, ["one sentence", "and another one"])
    model = encoder[0].auto_model.eval()
    heads = read_heads(name)
    if heads:
        export(Heads(model, list(inputs), heads), inputs, Heads.OUTPUTS, folder)
        return
    output = output_of(encoder[0])
    axes = {0: "texts", 1: "tokens"} if output == "last_hidden_state" else {0: "texts"}
    export(Vectors(model, list(inputs), output), inputs, {output: axes}, folder)


def export_cross_encoder(name: str, folder: pathlib.Path, trust: bool) -> None:
    encoder = CrossEncoder(name, device="cpu", trust_remote_code=trust, model_kwargs=EAGER).float()
    encoder.save_pretrained(str(folder), create_model_card=False)
    keep_tokenizer(encoder.tokenizer, folder)
    inputs = inputs_of(encoder.tokenizer, ["one sentence", "two"], ["and another one", "texts"])
    export(Vectors(encoder.model.eval(), list(inputs), "logits"), inputs, {"logits": {0: "texts"}}, folder)


def export_translator(name: str, folder: pathlib.Path, trust: bool, text: pathlib.Path | None) -> None:
    from encoder_parts.compare import compare_tokens, least_cosine

    translator = open_translator(name, trust)
    kind = translator.model.config.model_type
    how = {"model_type": kind, "pooling": "mean", "longest": translator.longest}
    write_folder(folder, translator.tokenizer_json, **how, codes=translator.codes, prompts=translator.prompts)
    ids = torch.tensor([[5, 6, 7, 8], [5, 6, 0, 0]])
    inputs = {"input_ids": ids, "attention_mask": (ids > 0).long()}
    export(Encoder(translator).eval(), inputs, {"last_hidden_state": {0: "texts", 1: "tokens"}}, folder)
    languages = f"{len(translator.codes)} languages" if translator.codes else "no languages to tell"
    print(f"{folder}: {kind}, {languages}, texts of up to {translator.longest} tokens")
    print(f"least cosine with PyTorch: {least_cosine(translator, folder):.7f}")
    if text is not None:
        compare_tokens(translator, folder, text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--trust-remote-code", action="store_true")
    parser.add_argument("--check", type=pathlib.Path, help="of a translator: a text whose tokens are compared")
    options = parser.parse_args()
    # What a folder holds would be mixed with the encoder, or be the only weights that there are.
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty. Name a folder that is, or one that is not there yet.")
    how = (options.name, options.folder, options.trust_remote_code)
    with ending_by_refusal():
        if options.check and not options.check.is_file():
            raise Refusal(f"--check {options.check}: is not there; expected a file with a text a line.")
        if not scores_pairs(options.name) and is_translator(options.name, options.trust_remote_code):
            export_translator(*how, options.check)
        elif options.check:
            raise Refusal(f"{options.name}: is no translator, and its tokens are those of its own file. Leave --check out.")
        elif scores_pairs(options.name):
            export_cross_encoder(*how)
        else:
            export_encoder(*how)


if __name__ == "__main__":
    main()
