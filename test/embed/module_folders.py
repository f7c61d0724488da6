"""Makes the folders of test/embed/modules/ with sentence-transformers, and the vectors that it gives.

    pip install sentence-transformers==6.2.0 transformers==5.24.0 torch==2.13.0 onnx
    python3 test/embed/module_folders.py

`bert/` holds the model that all folders share, of random weights: tokenizer, configuration and onnx/model.onnx. Each
other folder holds what it has of its own, and reference.json its vectors.
"""

import json
import pathlib
import shutil
import tempfile

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize, Router, Transformer
from sentence_transformers.sentence_transformer.modules import Dropout, LayerNorm, Pooling, StaticEmbedding
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, BertTokenizer

HERE = pathlib.Path(__file__).parent / "modules"
BASE = HERE / "bert"
WIDTH = 16
PIECES = [
    *["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "The", "mill", "Mill", "##er", "##s", "by", "river"],
    *["River", "café", "cafe", "Café", "日", "本", "日本", "##本", ":", "query", "Müller", "muller", "müller", "a", "##b"],
]
TEXTS = [
    "the mill by the river",
    "The Millers",
    "Café Müller",
    "café müller by the River : the mill by the river",
    "日本 日 本",
    "a",
    "",
    "the " * 40,
]
TOKENS, SENTENCE = "token_embeddings", "sentence_embedding"
SETTINGS = "sentence_bert_config.json"


def make_base() -> None:
    torch.manual_seed(23)
    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=WIDTH,
        max_position_embeddings=24,
        initializer_range=0.6,
    )
    model = BertModel(config).eval()
    model.save_pretrained(BASE)
    BertTokenizer(vocab={piece: i for i, piece in enumerate(PIECES)}, model_max_length=24).save_pretrained(BASE)
    (BASE / "onnx").mkdir()
    names = ["input_ids", "attention_mask", "token_type_ids"]
    outputs = ["last_hidden_state", "pooler_output"]
    axes = {0: "texts", 1: "tokens"}
    example = torch.ones(2, 3, dtype=torch.int64)
    torch.onnx.export(
        Model(model),
        (example, example, torch.zeros_like(example)),
        str(BASE / "onnx" / "model.onnx"),
        input_names=names,
        output_names=outputs,
        dynamic_axes={**{name: axes for name in [*names, outputs[0]]}, outputs[1]: {0: "texts"}},
        opset_version=17,
        dynamo=False,
    )


class Model(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        given = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return given.last_hidden_state, given.pooler_output


def save(name: str, *modules, edit=None, files=None, drop=(), tasks=(), texts=TEXTS) -> None:
    """Saves an encoder of the shared Transformer and further modules, changes its files, and asks it for vectors."""
    folder = HERE / name
    with tempfile.TemporaryDirectory() as place:
        whole = pathlib.Path(place)
        modules = modules or [Pooling(WIDTH)]
        first = modules[0] if isinstance(modules[0], (Transformer, Router)) else Transformer(str(BASE))
        rest = modules[1:] if modules[0] is first else modules
        SentenceTransformer(modules=[first, *rest], device="cpu").save_pretrained(place, create_model_card=False)
        for file, fields in (edit or {}).items():
            path = whole / file
            path.write_text(json.dumps({**json.loads(path.read_text()), **fields}, indent=2, ensure_ascii=False) + "\n")
        for file, text in (files or {}).items():
            (whole / file).parent.mkdir(exist_ok=True)
            (whole / file).write_text(text)
        for file in drop:
            (whole / file).unlink()
        encoder = SentenceTransformer(place, device="cpu")
        vectors = rounded(encoder.encode(texts, batch_size=1))
        by_task = {task: rounded(encode(encoder, task, texts)) for task in tasks}
        for weights in [path for path in whole.rglob("model.safetensors") if "Transformer" in path.parent.name or path.parent == whole]:
            weights.unlink()
        for path in sorted(whole.rglob("*")):
            relative = path.relative_to(whole)
            shared = BASE / relative
            if path.is_dir() or (shared.exists() and shared.read_bytes() == path.read_bytes()):
                continue
            (folder / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / relative)
    reference = {"texts": texts, "without": list(drop), "vectors": vectors, **({"tasks": by_task} if tasks else {})}
    (folder / "reference.json").write_text(json.dumps(reference, ensure_ascii=False) + "\n")


def rounded(vectors) -> list:
    return [[round(float(x), 7) for x in row] for row in vectors]


def encode(encoder, task: str, texts: list):
    named = {"query": encoder.encode_query, "document": encoder.encode_document}
    return named[task](texts, batch_size=1) if task in named else encoder.encode(texts, batch_size=1, task=task)


CHATML = """{%- for message in messages %}
{{- '[CLS]' + ('query' if message.role == 'user' else message['role']) + ' : ' + message['content'] + '[SEP]' }}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '[CLS]river : ' }}
{%- endif %}
"""
LLAMA = (
    "{% set loop_messages = messages %}{% for message in loop_messages %}"
    "{% set content = 'query' + '\n\n' + message['content'] | trim + sep_token %}"
    "{% if loop.index0 == 0 %}{% set content = cls_token + content %}{% endif %}{{ content }}{% endfor %}"
)
GEMMA = """{{ cls_token }}
{%- if messages[0]['role'] == 'system' -%}
    {{ raise_exception('System role not supported') }}
{%- endif -%}
{%- for message in messages -%}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{ raise_exception("Conversation roles must alternate") }}
    {%- endif -%}
    {{ '[SEP]river\n' }}
    {%- if message['content'] is string -%}
        {{ message['content'] | trim }}
    {%- elif message['content'] is iterable -%}
        {%- for item in message['content'] -%}
            {%- if item['type'] == 'text' -%}{{ 'a ' + item['text'] | trim }}{%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ '[SEP]\n' }}
{%- endfor -%}
"""
WITH_SYSTEM = """{% for message in messages %}
{% if loop.first and messages[0]['role'] != 'system' %}
[CLS]the Mill by the river[SEP]
{% endif %}
{{ message['content'] }}{% if task is defined %} {{ task }}{% endif %}[SEP]
{% endfor %}
"""


def chat(form: str, **arguments) -> dict:
    """The module's settings where every text goes through a chat template."""
    output = {"method": "forward", "method_output_name": "last_hidden_state"}
    modalities = {"text": output, "message": {**output, "format": form}}
    return {SETTINGS: {"modality_config": modalities, "module_output_name": TOKENS, "processing_kwargs": arguments}}


def chats(pooling) -> None:
    odd = [*TEXTS, " \x1c\ufeffthe mill\x85 ", "a [SEP] the [MASK] mill"]
    template, config = "chat_template.jinja", "tokenizer_config.json"
    prompts = {"config_sentence_transformers.json": {"prompts": {"query": "by the river"}, "default_prompt_name": "query"}}
    generated = chat("flat", chat_template={"add_generation_prompt": True})
    save("chat-prompt", pooling(), edit={**generated, **prompts}, files={template: CHATML}, texts=odd)
    save("chat-last", pooling("lasttoken"), edit=chat("auto", text={"max_length": 11}), files={template: CHATML}, texts=odd)
    without = chat("flat", common={"max_length": 11, "add_special_tokens": True}, chat_template={"restore_suffix": False})
    save("chat-cut", pooling("lasttoken"), edit=without, files={template: CHATML})
    save("chat-string", pooling(), edit={**chat("flat"), config: {"chat_template": LLAMA}}, texts=odd)
    named = [{"name": "default", "template": GEMMA}, {"name": "tool_use", "template": CHATML}]
    save("chat-named", pooling(), edit={**chat("structured"), config: {"chat_template": named}}, texts=odd)
    chosen = chat("flat", chat_template={"chat_template": "search"})
    others = {template: GEMMA, "additional_chat_templates/search.jinja": WITH_SYSTEM}
    save("chat-files", pooling(), edit=chosen, files=others, tasks=BOTH, texts=odd)
    save("chat-by-default", edit={config: {"chat_template": GEMMA}}, drop=["modules.json", SETTINGS], texts=odd)


BOTH = ("query", "document")


def by_task(pooling) -> None:
    config = "config_sentence_transformers.json"
    prompts = {config: {"prompts": {"query": "query : ", "document": "the "}, "default_prompt_name": "document"}}
    table = StaticEmbedding(Tokenizer.from_file(str(BASE / "tokenizer.json")), embedding_dim=WIDTH)
    sides = Router.for_query_document([table], [Transformer(str(BASE)), pooling("max")])
    save("task-static", sides, Normalize(), edit=prompts, tasks=BOTH)
    mappings = {("query", "text"): "fast", ("document", None): "slow"}
    routes = {"fast": [Transformer(str(BASE)), pooling("cls")], "slow": [Transformer(str(BASE)), pooling("max")]}
    save("task-mapped", Router(routes, route_mappings=mappings), tasks=(*BOTH, "slow"))
    lengths = {SETTINGS: {"query_length": 5, "document_length": 9}}
    longest = {"processing_kwargs": {"text": {"truncation": True}}}
    other = {config: {"prompts": {"passage": "the mill : ", "corpus": "a"}, "default_prompt_name": "corpus"}}
    save("task-lengths", pooling(), edit={SETTINGS: {**lengths[SETTINGS], **longest}, **other}, tasks=BOTH)
    save("task-chat-lengths", pooling("lasttoken"), edit={SETTINGS: {**chat("flat")[SETTINGS], **lengths[SETTINGS]}}, files={"chat_template.jinja": CHATML}, tasks=BOTH)


def cased() -> dict:
    """A tokenizer.json that keeps case, accents and Chinese words: its class does none of that unless it is told."""
    normalizer = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    return {"normalizer": normalizer}


def main() -> None:
    shutil.rmtree(HERE, ignore_errors=True)
    make_base()
    torch.manual_seed(5)
    pooling = lambda mode="mean", width=WIDTH: Pooling(width, mode)
    normalise_tokens = lambda: Normalize(module_input_name=TOKENS)

    save("mean", pooling(), Normalize())
    save("longest-input", pooling(), edit={SETTINGS: {"processing_kwargs": {"text": {"max_length": 9}, "common": {"max_length": 6}}}})
    save("no-special-tokens", pooling(), edit={SETTINGS: {"processing_kwargs": {"text": {"add_special_tokens": False, "truncation": "only_first", "padding": "longest"}}}}, texts=[text for text in TEXTS if text])
    save("normalised-tokens", normalise_tokens(), pooling(), normalise_tokens())
    save("normalised-too-early", Normalize(), pooling("max"))
    token_dense = Dense(WIDTH, 6, module_input_name=TOKENS)
    save("dense-tokens", token_dense, normalise_tokens(), pooling(("max", "mean"), 6), Normalize())
    save("layer-norm", pooling("cls"), layer_norm(), Dropout(0.5), Dense(WIDTH, WIDTH, use_residual=True, activation_function=torch.nn.GELU()))
    pooler = {"text": {"method": "forward", "method_output_name": "pooler_output"}}
    first = lambda: Transformer(str(BASE), modality_config=pooler, module_output_name=SENTENCE)
    save("pooler", first())
    save("pooler-dense", first(), Dense(WIDTH, 5), Normalize())

    routes = lambda: {"query": [Transformer(str(BASE)), pooling("cls")], "document": [Transformer(str(BASE)), pooling("max"), Dense(WIDTH, 4)]}
    save("route-by-default", Router(routes(), default_route="document"), Normalize())
    save("route-by-place", Router(routes()))
    mappings = {("document", None): "document", (None, "text"): "query", (None, ("image", "text")): "document"}
    save("route-by-kind", Router(routes(), default_route="document", route_mappings=mappings))

    # What BERT's class makes of a tokenizer.json that says otherwise, by the fields of its own configuration.
    config = "tokenizer_config.json"
    cased_file = {"tokenizer.json": cased()}
    save("bert-class", pooling(), edit=cased_file)
    save("bert-cased", pooling(), edit={config: {"do_lower_case": False, "strip_accents": True}})
    save("bert-words", pooling(), edit={config: {"tokenize_chinese_chars": False, "strip_accents": False}})
    save("bert-arguments", pooling(), edit={SETTINGS: {"processor_kwargs": {"do_lower_case": False}}})
    save("bert-by-model", pooling(), edit=cased_file, drop=[config])
    save("special-tokens", pooling(), edit={"tokenizer.json": {"added_tokens": []}}, texts=[*TEXTS, "a [SEP] the [MASK] mill"])
    generic = {config: {"tokenizer_class": "TokenizersBackend", "do_lower_case": True}}
    save("no-class", pooling(), edit={**cased_file, **generic})
    chats(pooling)
    by_task(pooling)
    (BASE / "model.safetensors").unlink()


def layer_norm() -> LayerNorm:
    module = LayerNorm(WIDTH)
    torch.nn.init.normal_(module.norm.weight)
    torch.nn.init.normal_(module.norm.bias)
    return module


main()
