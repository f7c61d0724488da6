import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const DE = "samples/town.de";

/** Command lines that name something, and what is said of a name that nothing has. */
const NAMED: Record<string, { argv: (name: string, folder: string) => string[]; says: RegExp }> = {
  command: { argv: (name) => [name], says: /unknown command/ },
  language: {
    argv: (name, folder) => ["extract", DE, "--languages", name, "-o", join(folder, "out")],
    says: /is not a language/,
  },
  "Tatoeba language": {
    argv: (name, folder) => ["evaluate", "tatoeba", folder, "--languages", name],
    says: /\S/,
  },
  encoder: { argv: (name) => ["mine", DE, DE, "--encoder", name], says: /no such encoder/ },
  index: { argv: (name) => ["mine", DE, DE, "--index", name], says: /invalid/ },
  column: {
    argv: (name) => ["mine", DE, DE, "--columns", name, "--encoder", "ngram", "--dimensions", "16"],
    says: /column|field/,
  },
  "format by its suffix": {
    argv: (name, folder) => ["convert", "samples/town.de-en.tsv", "-o", join(folder, "no", `a.${name}`)],
    says: /folder does not exist/,
  },
  "type of numbers": {
    argv: (name, folder) => {
      const header = `{'descr': '${name}', 'fortran_order': False, 'shape': (1, 1), }`
        .padEnd(117)
        .concat("\n");
      const head = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header}`, "latin1");
      writeFileSync(join(folder, "a.npy"), Buffer.concat([head, Buffer.alloc(8)]));
      return [
        "search",
        join(folder, "a.npy"),
        join(folder, "a.npy"),
        "--source-shard",
        "1/1",
        "-o",
        join(folder, "s"),
      ];
    },
    says: /a\.npy/,
  },
};

for (const [what, { argv, says }] of Object.entries(NAMED))
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"])
    test(`a ${what} called ${name} is as unknown as any other`, async (t) => {
      const folder = temporaryFolder(t);
      mkdirSync(join(folder, "empty"));
      const { code, stderr } = await crisscross(argv(name, folder));
      t.true(code === 1 || code === 2, stderr);
      t.regex(stderr, says);
      t.notRegex(stderr, /this is a bug|native code|\[object/);
    });

test("an inline tag called constructor is written as text", async (t) => {
  const tmx = (seg: string) =>
    `<tmx version="1.4"><header srclang="de"/><body><tu><tuv xml:lang="de"><seg>${seg}</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu></body></tmx>`;
  for (const name of ["constructor", "toString", "foo"]) {
    const argv = [
      "convert",
      "-",
      "--format",
      "tmx",
      "--output-format",
      "tmx",
      "--languages",
      "de,en",
      "--quiet",
    ];
    const { code, stderr } = await crisscross(argv, tmx(`a <${name}>x</${name}>`));
    t.notRegex(stderr, /this is a bug/);
    t.true(code === 0 || code === 1, stderr);
  }
});
