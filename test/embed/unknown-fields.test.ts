import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { KNOWN_FIELDS } from "../../src/embed/folder/known-fields.js";
import { ModelError } from "../../src/errors.js";
import { editJson, moduleFolder, open } from "./folders.js";

const SETTINGS = "sentence_bert_config.json";

/** A folder of all modules that have a configuration, and the file of each. */
const FILES: Record<keyof typeof KNOWN_FIELDS, [folder: string, file: string]> = {
  "modules.json": ["mean", "modules.json"],
  "config_sentence_transformers.json": ["mean", "config_sentence_transformers.json"],
  "sentence_bert_config.json": ["mean", SETTINGS],
  "router_config.json": ["route-by-kind", "router_config.json"],
  Pooling: ["mean", "1_Pooling/config.json"],
  Normalize: ["mean", "2_Normalize/config.json"],
  Dense: ["layer-norm", "4_Dense/config.json"],
  LayerNorm: ["layer-norm", "2_LayerNorm/config.json"],
};

for (const [name, [from, file]] of Object.entries(FILES))
  test(`an unknown field of ${name} is refused, with the file, its name and those that are known`, async (t) => {
    const { folder } = moduleFolder(from, t);
    if (file === "modules.json") changeModules(folder, (modules) => (modules[0].sparse = true));
    else editJson(folder, file, { sparse: true });
    const known = KNOWN_FIELDS[name as keyof typeof KNOWN_FIELDS];
    await t.throwsAsync(open(folder, t), {
      instanceOf: ModelError,
      message: new RegExp(`${file}: has the field sparse, which is unknown; expected ${known.join(", ")}`),
    });
  });

test("the README tells of every field that is known, and of no other", (t) => {
  const rows = readFileSync("src/embed/folder/README.md", "utf8").matchAll(/^\| `([\w.]+)` \| (`.*?`) \|/gm);
  const told = new Map<string, string[]>();
  for (const [, name, cell] of rows)
    told.set(name, [...(told.get(name) ?? []), ...[...cell.matchAll(/`(\w+)`/g)].map(([, field]) => field)]);
  for (const [name, fields] of Object.entries(KNOWN_FIELDS))
    t.deepEqual(told.get(name)?.toSorted(), [...fields].toSorted(), name);
});

const REFUSED: [file: string, fields: Record<string, unknown>, message: RegExp][] = [
  [
    "config_sentence_transformers.json",
    { model_type: "SparseEncoder" },
    /model_type is "SparseEncoder"; expected SentenceTransformer/,
  ],
  [
    SETTINGS,
    { transformer_task: "fill-mask" },
    /transformer_task is "fill-mask"; expected feature-extraction/,
  ],
  [SETTINGS, { tokenizer_name_or_path: "other" }, /tokenizer_name_or_path names another tokenizer, "other"/],
  [
    SETTINGS,
    { tokenizer_args: { vocab_file: "a" } },
    /tokenizer_args\.vocab_file is unknown; expected one of/,
  ],
  [SETTINGS, { model_args: [1] }, /model_args is \[1\]; expected an object/],
  [SETTINGS, { processing_kwargs: { max_length: 4 } }, /processing_kwargs\.max_length is unknown/],
  [
    SETTINGS,
    { processing_kwargs: { text: { stride: 4 } } },
    /processing_kwargs\.text\.stride of 4 is not done here/,
  ],
  [
    SETTINGS,
    { processing_kwargs: { text: { max_length: -1 } } },
    /max_length is -1; expected a whole number/,
  ],
  [SETTINGS, { processing_kwargs: { text: { truncation: "only_second" } } }, /truncation is "only_second"/],
  [
    SETTINGS,
    { processing_kwargs: { common: { return_attention_mask: false } } },
    /common\.return_attention_mask of false is not done here/,
  ],
  [
    SETTINGS,
    output({ text: { method: "get_text_features", method_output_name: null } }),
    /modality_config\.text takes null of "get_text_features"/,
  ],
  [
    SETTINGS,
    output({ text: { method: "forward", method_output_name: ["hidden_states", -2] } }),
    /modality_config\.text takes \["hidden_states",-2\] of "forward"/,
  ],
  [SETTINGS, output({ smell: {} }), /modality_config\.smell is unknown/],
  [SETTINGS, output({ text: { layer: 3 } }), /modality_config\.text\.layer is unknown/],
  [
    SETTINGS,
    { module_output_name: "sentence_embedding" },
    /module_output_name is "sentence_embedding" for the model's last_hidden_state/,
  ],
  [
    SETTINGS,
    {
      modality_config: { text: { method: "forward", method_output_name: "pooler_output" } },
      module_output_name: "sentence_embedding",
    },
    /modules\.json: Pooling in 1_Pooling works on token_embeddings, which no module before it gives/,
  ],
  [
    "2_Normalize/config.json",
    { module_output_name: "whitened" },
    /2_Normalize\/config\.json: makes whitened of sentence_embedding/,
  ],
  ["tokenizer_config.json", { split_special_tokens: true }, /split_special_tokens is true/],
  ["tokenizer_config.json", { tokenizer_class: "RoFormerTokenizerFast" }, /RoFormerTokenizer cuts words/],
];

for (const [file, fields, message] of REFUSED)
  test(`${file} of ${JSON.stringify(fields)} is refused in a sentence`, async (t) => {
    const { folder } = moduleFolder("mean", t);
    editJson(folder, file, fields);
    await t.throwsAsync(open(folder, t), { instanceOf: ModelError, message });
  });

const TYPES: [type: string, message: RegExp][] = [
  ["custom_st.Normalize", /asks for custom_st\.Normalize, which is unknown: it is code of the encoder's own/],
  ["sentence_transformers.models.LSTM", /asks for sentence_transformers\.models\.LSTM, which is unknown/],
  ["sentence_transformers.models.Pooling", /lists two Pooling modules; expected one/],
  [
    "sentence_transformers.models.StaticEmbedding",
    /lists Transformer, Pooling, StaticEmbedding; expected one Transformer or StaticEmbedding, the first of all/,
  ],
];

for (const [type, message] of TYPES)
  test(`a module of type ${type} is refused in a sentence`, async (t) => {
    const { folder } = moduleFolder("mean", t);
    mkdirSync(join(folder, "3_Other"));
    writeFileSync(join(folder, "3_Other/config.json"), '{"embedding_dimension": 16}');
    changeModules(folder, (modules) => modules.splice(2, 1, { path: "3_Other", type }));
    await t.throwsAsync(open(folder, t), { instanceOf: ModelError, message });
  });

test("modules that give no sentence's vector are refused", async (t) => {
  const { folder } = moduleFolder("mean", t);
  changeModules(folder, (modules) => modules.splice(1, 1));
  await t.throwsAsync(open(folder, t), {
    instanceOf: ModelError,
    message: /modules\.json lists no Pooling, but the model gives a vector for each token/,
  });
});

test("a layer of the sentence's vector before the pooling is refused", async (t) => {
  const { folder } = moduleFolder("layer-norm", t);
  changeModules(folder, (modules) => modules.splice(1, 0, ...modules.splice(4, 1)));
  await t.throwsAsync(open(folder, t), {
    instanceOf: ModelError,
    message: /Dense in 4_Dense works on sentence_embedding, which no module before it gives/,
  });
});

test("a model without the output that the folder asks for is refused, with those that it has", async (t) => {
  const { folder } = moduleFolder("pooler", t);
  editJson(folder, SETTINGS, {
    modality_config: { text: { method: "forward", method_output_name: "text_embeds" } },
  });
  await t.throwsAsync(open(folder, t), {
    instanceOf: ModelError,
    message: /model\.onnx: has no output text_embeds, .*; it has last_hidden_state, pooler_output/,
  });
});

test("an activation of the folder's own is refused", async (t) => {
  const { folder } = moduleFolder("layer-norm", t);
  editJson(folder, "4_Dense/config.json", { activation_function: "my.ReLU" });
  await t.throwsAsync(open(folder, t), {
    instanceOf: ModelError,
    message: /4_Dense\/config\.json: activation_function is my\.ReLU; expected one of PyTorch's/,
  });
});

test("without modules.json a language model is pooled by its last token", async (t) => {
  const { folder: unlisted } = moduleFolder("mean", t);
  rmSync(join(unlisted, "modules.json"));
  editJson(unlisted, "config.json", { architectures: ["MistralForCausalLM"] });
  const byDefault = await (await open(unlisted, t)).encode(["the mill by"]);
  const { folder: last } = moduleFolder("mean", t);
  editJson(last, "1_Pooling/config.json", { pooling_mode: "lasttoken" });
  changeModules(last, (modules) => modules.pop());
  t.deepEqual(byDefault, await (await open(last, t)).encode(["the mill by"]));
});

test("a router without a route for plain texts is refused, with those that it has", async (t) => {
  const { folder } = moduleFolder("route-by-place", t);
  const change = (parameters: object) => editJson(folder, "router_config.json", { parameters });
  change({ allow_empty_key: false });
  await t.throwsAsync(open(folder, t), {
    instanceOf: ModelError,
    message: /router_config\.json: has no route for a text without a task; it has query, document/,
  });
  change({ default_route: "document", sparse: true });
  await t.throwsAsync(open(folder, t), {
    instanceOf: ModelError,
    message: /router_config\.json: has the field parameters\.sparse, which is unknown/,
  });
});

function output(modalities: Record<string, unknown>): Record<string, unknown> {
  return { modality_config: modalities, module_output_name: "token_embeddings" };
}

function changeModules(folder: string, change: (modules: Record<string, unknown>[]) => unknown): void {
  const path = join(folder, "modules.json");
  const modules = JSON.parse(readFileSync(path, "utf8"));
  change(modules);
  writeFileSync(path, JSON.stringify(modules));
}
