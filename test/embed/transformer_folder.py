"""Makes test/embed/transformer/: an encoder whose token vectors are (token number, 1), in many variants.

    pip install onnx==1.22.0 tokenizers
    python3 test/embed/transformer_folder.py
"""

import json
import pathlib
import shutil

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, processors

FOLDER = pathlib.Path(__file__).parent / "transformer"
PIECES = ["[UNK]", "[CLS]", "[SEP]", "the", "mill", "##er", "by", "river", "query", ":", "passage"]
ROWS = np.array([[i, 1] for i in range(len(PIECES))], dtype=np.float32)


def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)])
    return made


def save(name: str, nodes, inputs: dict[str, int], output: int, rank: int, constants=(), external=None, name_of_output="last_hidden_state") -> None:
    shape = ["texts", "tokens", 2][:rank] if name_of_output == "last_hidden_state" else ["texts", 2]
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info(name, kind, ["texts", "tokens"]) for name, kind in inputs.items()],
        [helper.make_tensor_value_info(name_of_output, output, shape)],
        [numpy_helper.from_array(values, name) for name, values in constants],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    onnx.save_model(model, FOLDER / "onnx" / f"{name}.onnx", save_as_external_data=external is not None, location=external, size_threshold=0)


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "onnx").mkdir(parents=True)
    (FOLDER / "1_Pooling").mkdir()
    tokenizer().save(str(FOLDER / "tokenizer.json"), pretty=False)
    write = lambda name, value: (FOLDER / name).write_text(json.dumps(value, indent=2) + "\n")
    write("sentence_bert_config.json", {"max_seq_length": 8})
    write("1_Pooling/config.json", {"embedding_dimension": 2, "pooling_mode": "mean"})
    write("modules.json", [{"path": "", "type": "sentence_transformers.models.Transformer"}, {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])
    write("config_sentence_transformers.json", {"prompts": {"query": "query: ", "passage": "passage: "}, "default_prompt_name": None})

    tokens = {"input_ids": TensorProto.INT64, "attention_mask": TensorProto.INT64}
    gather = helper.make_node("Gather", ["rows", "input_ids"], ["last_hidden_state"])
    to_half = helper.make_node("Cast", ["states"], ["last_hidden_state"], to=TensorProto.FLOAT16)
    gather_states = helper.make_node("Gather", ["rows", "input_ids"], ["states"])
    rows = [("rows", ROWS)]
    save("model", [gather], tokens, TensorProto.FLOAT, 3, rows, external="model.onnx_data")
    save("model_quantized", [gather], tokens, TensorProto.FLOAT, 3, [("rows", 2 * ROWS)])
    save("model_fp16", [gather_states, to_half], tokens, TensorProto.FLOAT16, 3, rows)
    save("model_int32", [gather], {name: TensorProto.INT32 for name in tokens}, TensorProto.FLOAT, 3, rows)
    save("model_positions", [helper.make_node("Gather", ["rows", "position_ids"], ["last_hidden_state"])], {**tokens, "position_ids": TensorProto.INT64}, TensorProto.FLOAT, 3, rows)
    save("model_task", [gather], {**tokens, "task_id": TensorProto.INT64}, TensorProto.FLOAT, 3, rows)
    save("model_flat", [helper.make_node("Cast", ["input_ids"], ["last_hidden_state"], to=TensorProto.FLOAT)], tokens, TensorProto.FLOAT, 2)
    angles = np.arange(len(PIECES), dtype=np.float32)
    save(
        "model_dynamic",
        [
            gather_states,
            helper.make_node("DynamicQuantizeLinear", ["states"], ["bytes", "scale", "zero"]),
            helper.make_node("MatMulInteger", ["bytes", "weights", "zero"], ["products"]),
            helper.make_node("Cast", ["products"], ["floats"], to=TensorProto.FLOAT),
            helper.make_node("Mul", ["floats", "scale"], ["last_hidden_state"]),
        ],
        tokens,
        TensorProto.FLOAT,
        3,
        [("rows", np.stack([np.sin(angles), angles], axis=1)), ("weights", np.array([[3, -2], [1, 5]], dtype=np.int8))],
    )
    save("model_small", [gather], tokens, TensorProto.FLOAT, 3, [("rows", ROWS[:5])])
    save("model_elsewhere", [gather], tokens, TensorProto.FLOAT, 3, rows, external="weights.bin")
    mean = helper.make_node("ReduceMean", ["states", "axes"], ["sentence_embedding"], keepdims=0)
    axes = ("axes", np.array([1], dtype=np.int64))
    save("model_pooled", [gather_states, mean], tokens, TensorProto.FLOAT, 2, [*rows, axes], name_of_output="sentence_embedding")


main()
