import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import test, { type ExecutionContext } from "ava";
import { openTable } from "../../src/embed/static/open-table.js";
import { InputError } from "../../src/errors.js";
import { writeSumsList } from "../../src/store/files/sums-list.js";
import { flipBit } from "../flip-bit.js";
import { filesOf, gitHash } from "../hub/hub-server.js";
import { temporaryFolder } from "../temporary-folder.js";
import { copyOf, open, staticFolder, TRANSFORMER } from "./folders.js";

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
