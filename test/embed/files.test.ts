import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import test, { type ExecutionContext } from "ava";
import { neededFiles } from "../../src/embed/folder/needed-files.js";
import { openTable } from "../../src/embed/static/open-table.js";
import { InputError, ModelError } from "../../src/errors.js";
import { verify } from "../../src/jobs/verify/verify.js";
import { SUMS_LIST, writeSumsList } from "../../src/store/files/sums-list.js";
import { flipBit } from "../flip-bit.js";
import { filesOf, gitHash } from "../hub/hub-server.js";
import { temporaryFolder } from "../temporary-folder.js";
import { copyOf, moduleFolder, open, staticFolder, TRANSFORMER } from "./folders.js";

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

test("of a router its configuration is needed first, and then the files of the route that texts take", async (t) => {
  const { folder } = moduleFolder("route-by-default", t);
  const files = filesIn(folder);
  rmSync(join(folder, "router_config.json"));
  const first = await neededFiles("a/router", folder, files, { weights: true });
  t.deepEqual(first.toSorted(), [
    "config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "router_config.json",
  ]);
  const { folder: whole } = moduleFolder("route-by-default", t);
  const needed = await neededFiles("a/router", whole, files, { weights: true });
  const inRoute = needed.filter((file) => /^(document|query)_/.test(file));
  t.true(inRoute.length > 0 && inRoute.every((file) => file.startsWith("document_")));
  for (const file of ["document_2_Dense/model.safetensors", "1_Normalize/config.json", "onnx/model.onnx"])
    t.true(needed.includes(file), file);
});

test("the weights of LayerNorm are needed, and the file that tells what Normalize works on", async (t) => {
  const { folder } = moduleFolder("layer-norm", t);
  const needed = await neededFiles("a/norm", folder, filesIn(folder), { weights: true });
  t.true(needed.includes("2_LayerNorm/model.safetensors") && needed.includes("2_LayerNorm/config.json"));
  const { folder: tokens } = moduleFolder("normalised-tokens", t);
  const ofTokens = await neededFiles("a/tokens", tokens, filesIn(tokens), { weights: true });
  t.true(ofTokens.includes("1_Normalize/config.json"));
});

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
        t.notRegex(error!.message.replace(path, ""), /E[A-Z]{4,}/);
      });

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");
const isLarge = (file: string) => /onnx|safetensors/.test(file);

/** A cache of the hub as Python's huggingface_hub fills it: links to blobs with the names of their hashes. */
function cached(folder: string, t: ExecutionContext): { snapshot: string; files: string[] } {
  const root = join(temporaryFolder(t), "models--acme--tiny");
  const snapshot = join(root, "snapshots", "0123456789abcdef0123456789abcdef01234567");
  mkdirSync(join(root, "blobs"), { recursive: true });
  const files = filesOf(folder);
  for (const [file, content] of Object.entries(files)) {
    const blob = join(root, "blobs", isLarge(file) ? sha256(content) : gitHash(content));
    const link = join(snapshot, file);
    mkdirSync(dirname(link), { recursive: true });
    writeFileSync(blob, content);
    symlinkSync(relative(dirname(link), blob), link);
  }
  return { snapshot, files: Object.keys(files) };
}

const blobOf = (path: string) => resolve(dirname(path), readlinkSync(path));

for (const [kind, folder, needless] of [
  ["static", staticFolder("normalised"), /reference/],
  ["Transformer", TRANSFORMER, /model_|weights\.bin/],
] as const)
  test(`a flipped bit in any blob that a ${kind} encoder of the hub's cache needs is told`, async (t) => {
    const { snapshot, files } = cached(folder, t);
    await open(snapshot, t);
    const needed = files.filter((file) => !needless.test(file));
    t.true(needed.length >= 4);
    for (const file of needed) {
      const path = join(snapshot, file);
      const blob = blobOf(path);
      flipBit(blob, 13);
      await t.throwsAsync(open(snapshot, t), {
        instanceOf: InputError,
        message: `${path}: is damaged: its content is not what its name in the hub's cache says. Remove ${blob}; it is fetched again when it is needed.`,
      });
      flipBit(blob, 13);
      await open(snapshot, t);
    }
  });

test("a blob that is a link to a store of several repositories is compared as well", async (t) => {
  const { snapshot } = cached(staticFolder("normalised"), t);
  const blob = blobOf(join(snapshot, "model.safetensors"));
  const store = join(temporaryFolder(t), "store");
  renameSync(blob, store);
  symlinkSync(store, blob);
  await open(snapshot, t);
  flipBit(store, 8 * 150);
  await t.throwsAsync(open(snapshot, t), {
    instanceOf: InputError,
    message: /model\.safetensors: is damaged/,
  });
  await t.throwsAsync(openTable(snapshot), { instanceOf: InputError, message: /safetensors: is damaged/ });
});

test("a file that whoever filled the cache put there without a hash is taken as it is", async (t) => {
  const { snapshot } = cached(staticFolder("normalised"), t);
  const path = join(snapshot, "model.safetensors");
  const content = readFileSync(path);
  unlinkSync(path);
  writeFileSync(path, content);
  flipBit(path, 8 * (content.length - 1));
  await t.notThrowsAsync(open(snapshot, t));
});

test("what an encoder does not need of a folder with SHA256SUMS is not read", async (t) => {
  const folder = copyOf(TRANSFORMER, t);
  cpSync(join(folder, "onnx", "model.onnx"), join(folder, "onnx", "model_other.onnx"));
  writeFileSync(join(folder, "pytorch_model.bin"), "weights of PyTorch");
  await writeSumsList(folder);
  flipBit(join(folder, "pytorch_model.bin"), 0);
  flipBit(join(folder, "onnx", "model_other.onnx"), 0);
  await open(folder, t);
  await t.throwsAsync(open(folder, t, { variant: "other" }), {
    instanceOf: InputError,
    message: /model_other\.onnx: is damaged or was changed/,
  });
});

async function listed(t: ExecutionContext): Promise<string> {
  const folder = copyOf(staticFolder("normalised"), t);
  await writeSumsList(folder);
  return folder;
}

/** The first bit of the second line's checksum. */
const secondLine = (path: string) => 8 * (readFileSync(path, "latin1").indexOf("\n") + 1);

test("an encoder with a flipped bit in any file that it needs is refused, and the file is named", async (t) => {
  const sound = await listed(t);
  const files = readdirSync(sound, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ![SUMS_LIST, "reference.json"].includes(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(sound.length + 1));
  t.true(files.length >= 4);
  await open(sound, t);
  for (const file of files) {
    const folder = await listed(t);
    flipBit(join(folder, file), 5);
    const expected = {
      instanceOf: InputError,
      message: `${join(folder, file)}: is damaged or was changed: its SHA-256 is not that of SHA256SUMS. Make the folder again; or, if the change is yours, remove SHA256SUMS.`,
    };
    await t.throwsAsync(open(folder, t), expected);
    await t.throwsAsync(openTable(folder), expected);
    rmSync(join(folder, SUMS_LIST));
    writeFileSync(join(folder, file), readFileSync(join(sound, file)));
    await open(folder, t);
  }
});

test("a list that is damaged itself is told by its line", async (t) => {
  const folder = await listed(t);
  const path = join(folder, SUMS_LIST);
  flipBit(path, secondLine(path) + 7);
  await t.throwsAsync(open(folder, t), {
    instanceOf: InputError,
    message: /SHA256SUMS, line 2: is not a SHA-256 and a file's name\. Make the list again with sha256sum/,
  });
});

test("a file of the list that is gone is named", async (t) => {
  const folder = await listed(t);
  rmSync(join(folder, "tokenizer.json"));
  await t.throwsAsync(open(folder, t), {
    instanceOf: ModelError,
    message: /tokenizer\.json: no such file\./,
  });
});

test("verify tells which files of an encoder's folder are sound, damaged, missing and unknown", async (t) => {
  const folder = await listed(t);
  flipBit(join(folder, "config.json"), 5);
  rmSync(join(folder, "tokenizer.json"));
  writeFileSync(join(folder, "notes.txt"), "mine\n");
  const states: Record<string, string> = {};
  for await (const { path, state } of verify([folder])) states[path.slice(folder.length + 1)] = state;
  t.like(states, {
    [SUMS_LIST]: "sound",
    "config.json": "damaged",
    "tokenizer.json": "missing",
    "model.safetensors": "sound",
    "notes.txt": "unverified",
  });
});
