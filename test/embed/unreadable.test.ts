import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import test from "ava";
import { ModelError } from "../../src/errors.js";
import { copyOf, open, staticFolder, TRANSFORMER } from "./folders.js";

/** How a file can be there and not be read, by root as well. */
const SPOILT: Record<string, { spoil: (path: string) => void; says: string }> = {
  "a folder": { spoil: (path) => mkdirSync(path), says: "is a folder" },
  "a link that leads nowhere": {
    spoil: (path) => symlinkSync("gone", path),
    says: "is a link to a file that is not there",
  },
  "a link to itself": { spoil: (path) => symlinkSync(path, path), says: "is a link that leads to itself" },
};

/** What opening an encoder reads of its folder. */
const READ: [folder: string, files: string[]][] = [
  [
    TRANSFORMER,
    [
      "modules.json",
      "config_sentence_transformers.json",
      "1_Pooling/config.json",
      "sentence_bert_config.json",
      "tokenizer.json",
      "onnx/model.onnx",
      "onnx/model.onnx_data",
    ],
  ],
  [staticFolder("nameless"), ["modules.json", "config.json", "tokenizer.json", "model.safetensors"]],
];

for (const [folder, files] of READ)
  for (const name of files)
    for (const [what, { spoil, says }] of Object.entries(SPOILT))
      test(`${what} in place of ${basename(folder)}/${name} is a sentence that names it`, async (t) => {
        const copy = copyOf(folder, t);
        const path = join(copy, name);
        rmSync(path);
        spoil(path);
        const error = await t.throwsAsync(() => open(copy, t), { instanceOf: ModelError });
        t.true(error!.message.startsWith(`${path}: ${says}`), error!.message);
        t.regex(error!.message, /\. Fetch or export/);
        t.notRegex(error!.message, /E[A-Z]{4,}/);
      });
