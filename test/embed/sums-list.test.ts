import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { openTable } from "../../src/embed/static/open-table.js";
import { InputError, ModelError } from "../../src/errors.js";
import { verify } from "../../src/jobs/verify/verify.js";
import { SUMS_LIST, writeSumsList } from "../../src/store/files/sums-list.js";
import { flipBit } from "../flip-bit.js";
import { copyOf, open, staticFolder } from "./folders.js";

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
