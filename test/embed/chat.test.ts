import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openTemplate } from "../../src/embed/chat/template.js";
import { copyEncoder } from "../../src/embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../src/embed/folder/encoder-folder.js";
import { neededFiles } from "../../src/embed/folder/needed-files.js";
import { ModelError } from "../../src/errors.js";
import { temporaryFolder } from "../temporary-folder.js";
import { editJson, moduleFolder, open } from "./folders.js";

interface Case {
  name: string;
  messages: { role: string; content: string }[];
  /** What Jinja makes of it; null where it throws. */
  text: string | null;
}

/** `chat_reference.py` made them. */
const { templates, cases }: { templates: Record<string, string>; cases: Case[] } = JSON.parse(
  readFileSync("test/embed/chat/templates.json", "utf8"),
);
const GIVEN = {
  tools: null,
  documents: null,
  add_generation_prompt: false,
  bos_token: "<s>",
  eos_token: "</s>",
};

/** Templates that Jinja renders and that are refused here, by the words of the refusal. */
const REFUSED: Record<string, RegExp> = {
  none: /line 1, none: the chat template puts a none into the text/,
  bool: /puts a truth value into the text/,
  list: /line 1, messages: the chat template puts a list into the text/,
  title: /line 1, messages\[0\]\.content\.title\(\): the chat template calls title in a way that is not done/,
  cap: /has the filter capitalize on a text/,
  raw: /line 1, \{% raw %\}: the chat template cannot be rendered here/,
  loopdepth: /asks for loop\.depth/,
  chain: /1 < 2 < 3.*compares a comparison/,
  sort: /has the filter sort on a list/,
  neg: /has % between a number and a number/,
  divis: /4 is divisibleby\(2\)/,
};

for (const [name, template] of Object.entries(templates).filter(([name]) => name !== "date"))
  test(`the template ${name} is rendered as Jinja does it, or refused`, (t) => {
    for (const { messages, text } of cases.filter((one) => one.name === name)) {
      const render = () => openTemplate("a.jinja", template).render({ ...GIVEN, messages });
      if (text === null || Object.hasOwn(REFUSED, name))
        t.throws(render, { instanceOf: ModelError, message: REFUSED[name] ?? /^a\.jinja: .*chat template/ });
      else t.is(render(), text);
    }
  });

test("a refusal names the line, and a date in a text is one", (t) => {
  const render = (template: string) => openTemplate("a.jinja", template).render({ messages: [] });
  t.throws(() => render("a\n\n{{ messages.nothing }}{{ messages.nothing.more }}"), {
    message: "a.jinja: line 3, messages.nothing.more: the chat template asks something of what is undefined.",
  });
  t.throws(() => render("\n{% if x %}\n{% include 'b' %}{% endif %}"), {
    message: /^a\.jinja: line 3, \{% include 'b' %\}: .*Unknown statement type: include/,
  });
  t.throws(() => render("{% if x %}\n"), { message: /^a\.jinja: line 2: .*ends too early/ });
  t.throws(() => render(templates.date), { message: /puts the date into the text/ });
  t.is(render("{{ 'a' if strftime_now is defined else 'b' }}"), "a");
});

const SETTINGS = "sentence_bert_config.json";
const withArguments = (processing: object) => ({ processing_kwargs: processing });

const WRONG: [folder: string, file: string, fields: Record<string, unknown>, message: RegExp][] = [
  [
    "chat-cut",
    SETTINGS,
    withArguments({ text: { add_special_tokens: false } }),
    /processing_kwargs\.text\.add_special_tokens is not for texts that go through a chat template/,
  ],
  [
    "chat-cut",
    SETTINGS,
    withArguments({ chat_template: { continue_final_message: true } }),
    /processing_kwargs\.chat_template\.continue_final_message is not done here/,
  ],
  [
    "chat-cut",
    SETTINGS,
    withArguments({ chat_template: { tokenize: false } }),
    /chat_template\.tokenize is not/,
  ],
  [
    "chat-cut",
    SETTINGS,
    withArguments({ chat_template: { chat_template: 3 } }),
    /is 3; expected a template, or/,
  ],
  [
    "chat-cut",
    SETTINGS,
    withArguments({ chat_template: { max_length: 0 } }),
    /max_length is 0; expected a whole/,
  ],
  [
    "chat-cut",
    SETTINGS,
    {
      modality_config: {
        message: { method: "forward", method_output_name: "last_hidden_state", format: "round" },
      },
    },
    /modality_config\.message\.format is "round"; expected one of structured, flat, auto/,
  ],
  [
    "chat-cut",
    SETTINGS,
    { modality_config: { message: { method: "generate" } } },
    /modality_config\.message takes null of "generate"/,
  ],
  [
    "chat-named",
    "tokenizer_config.json",
    { chat_template: [{ name: "rag", template: "x" }] },
    /has the chat templates rag, of which none is the default/,
  ],
  [
    "chat-named",
    "tokenizer_config.json",
    { chat_template: [{ name: "rag" }] },
    /chat_template has \["rag",null\]/,
  ],
  [
    "chat-named",
    "tokenizer_config.json",
    { chat_template: null },
    /has no chat template, though modality_config/,
  ],
  [
    "chat-string",
    "tokenizer_config.json",
    { tokenizer_class: "LlamaTokenizer", chat_template: "{{ bos_token }}" },
    /chat_template: takes bos_token, which tokenizer_config\.json does not name, though LlamaTokenizer may have one/,
  ],
];

for (const [name, file, fields, message] of WRONG)
  test(`${name} with ${JSON.stringify(fields)} is refused in a sentence`, async (t) => {
    const { folder } = moduleFolder(name, t);
    editJson(folder, file, fields);
    await t.throwsAsync(open(folder, t), { instanceOf: ModelError, message });
  });

for (const [name, message] of [
  ["chat-prompt", /preprocessor_config\.json: .* and its tokenizer puts special tokens around texts/],
  ["chat-string", /preprocessor_config\.json: .* which is not that of the tokenizer/],
] as const)
  test(`${name} with a processor beside its tokenizer is refused in a sentence`, async (t) => {
    const { folder } = moduleFolder(name, t);
    editJson(folder, "preprocessor_config.json", {});
    await t.throwsAsync(open(folder, t), { instanceOf: ModelError, message });
  });

test("a prompt that the template refuses is told when the encoder is opened", async (t) => {
  const { folder } = moduleFolder("chat-named", t);
  await t.throwsAsync(open(folder, t, { prompt: "by" }), {
    instanceOf: ModelError,
    message: /chat_template\.default: line 3, .*the chat template refuses it: System role not supported/,
  });
});

test("templates are among the files that an encoder needs, go along in a copy, and its space tells them apart", async (t) => {
  const { folder } = moduleFolder("chat-files", t);
  const copy = temporaryFolder(t);
  await copyEncoder(await readEncoderFolder(folder), copy);
  const given = await open(folder, t);
  const same = await open(copy, t);
  t.is(same.space.split("-").at(-1), given.space.split("-").at(-1));
  const file = join("additional_chat_templates", "search.jinja");
  const needed = await neededFiles(
    "it",
    folder,
    ["tokenizer.json", "modules.json", "onnx/model.onnx", file],
    {
      weights: false,
    },
  );
  t.true(needed.includes(file));
  editJson(
    folder,
    SETTINGS,
    withArguments({ chat_template: { chat_template: "{{ messages[0].content }}" } }),
  );
  t.not((await open(folder, t)).space.split("-").at(-1), given.space.split("-").at(-1));
});
