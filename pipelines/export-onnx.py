"""Exports a sentence encoder to a folder that crisscross opens: its configuration, tokenizer.json and onnx/model.onnx.

    pip install sentence-transformers onnx
    python3 pipelines/export-onnx.py intfloat/multilingual-e5-small models/e5
    crisscross mine de.txt en.txt --encoder models/e5

NAME is whatever sentence-transformers opens: a name of the hub, or a folder. Only the Transformer becomes a graph, in
float32; pooling, dense layers and normalisation stay in the configuration, which crisscross follows. Encoders whose
code is in their repository want --trust-remote-code: read it first.
"""

import argparse
import json
import pathlib

import torch
from sentence_transformers import SentenceTransformer


class Vectors(torch.nn.Module):
    """The Transformer as a function of its inputs by position, as an exporter wants it."""

    def __init__(self, model: torch.nn.Module, names: list[str], output: str):
        super().__init__()
        self.model, self.names, self.output = model, names, output

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.model(**dict(zip(self.names, inputs)), return_dict=True)[self.output]


def output_of(transformer: torch.nn.Module) -> str:
    """The output that the encoder's other modules go on with: a vector for each token, or the pooler's."""
    text = getattr(transformer, "modality_config", {}).get("text", {})
    return text.get("method_output_name", "last_hidden_state")


def name_config(path: pathlib.Path, name: str) -> None:
    """Notes what the encoder is on the hub, by which crisscross knows a prompt that only its card asks for."""
    config = json.loads(path.read_text(encoding="utf-8"))
    config.setdefault("_name_or_path", name)
    path.write_text(json.dumps(config, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--trust-remote-code", action="store_true")
    options = parser.parse_args()
    # What a folder holds would be mixed with the encoder, or be the only weights that there are.
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty. Name a folder that is, or one that is not there yet.")

    encoder = SentenceTransformer(
        options.name,
        device="cpu",
        trust_remote_code=options.trust_remote_code,
        # Other ways to attend are faster and harder to export.
        model_kwargs={"attn_implementation": "eager"},
    ).float()  # what is published in half precision is opened so
    encoder.save_pretrained(str(options.folder), create_model_card=False)
    if not (options.folder / "tokenizer.json").exists():
        encoder.tokenizer.backend_tokenizer.save(str(options.folder / "tokenizer.json"))
    name_config(options.folder / "config.json", options.name)
    for weights in options.folder.glob("model*.safetensors"):
        weights.unlink()  # the graph holds them

    example = encoder.tokenizer(["one sentence", "and another one"], padding=True, return_tensors="pt")
    names = [name for name in example if name in ("input_ids", "attention_mask", "token_type_ids")]
    place = options.folder / "onnx"
    place.mkdir(exist_ok=True)
    axes = {0: "sentences", 1: "tokens"}
    output = output_of(encoder[0])
    output_axes = axes if output == "last_hidden_state" else {0: "sentences"}
    torch.onnx.export(
        Vectors(encoder[0].auto_model.eval(), names, output),
        tuple(example[name] for name in names),
        str(place / "model.onnx"),
        input_names=names,
        output_names=[output],
        dynamic_axes={**{name: axes for name in names}, output: output_axes},
        opset_version=17,
        dynamo=False,
    )


if __name__ == "__main__":
    main()
