import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { ownBlob } from "../../src/hub/own-blob.js";
import { temporaryFolder } from "../temporary-folder.js";

/** A cache whose store all repositories share, as Python's huggingface_hub 2 makes it. */
function sharedBlob(t: ExecutionContext) {
  const cache = temporaryFolder(t);
  const snapshot = join(cache, "models--acme--tiny/snapshots/1");
  const blobs = join(cache, "models--acme--tiny/blobs");
  for (const folder of [join(cache, "blobs"), snapshot, blobs]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(cache, "blobs/x"), "weights");
  symlinkSync("../../blobs/x", join(blobs, "x"));
  symlinkSync("../../blobs/x", join(snapshot, "model.onnx"));
  return { cache, snapshot, blobs };
}

test("a shared blob gets a name of the repository's own, whoever does the same at once", async (t) => {
  const { snapshot, blobs } = sharedBlob(t);
  await Promise.all(Array.from({ length: 20 }, () => ownBlob(snapshot, join(snapshot, "model.onnx"))));
  t.deepEqual(readdirSync(blobs), ["x"]);
  t.true(lstatSync(join(blobs, "x")).isFile());
  t.is(readFileSync(join(snapshot, "model.onnx"), "utf8"), "weights");
});

test("what lies elsewhere, which a model may name as its weights, stays a link", async (t) => {
  const { cache, snapshot } = sharedBlob(t);
  const elsewhere = temporaryFolder(t);
  symlinkSync(join(cache, "blobs/x"), join(elsewhere, "link"));
  symlinkSync(join(elsewhere, "link"), join(elsewhere, "weights"));
  await ownBlob(snapshot, join(elsewhere, "weights"));
  t.is(readlinkSync(join(elsewhere, "link")), join(cache, "blobs/x"));
});
