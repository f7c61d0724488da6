import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import test from "ava";
import { Progress } from "../../cli/progress.js";
import { printReport } from "../../cli/report.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

/** Red, a bell, a C1 control, a turned direction. */
const EVIL = "\x1b[31m\x07\x9b2J\u202e";
const UNSAFE = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const MOST = 4000;

interface Case {
  /** What is written to the file. */
  content?: string;
  /** The file's name, in a folder of its own. */
  name?: string;
  argv: (file: string) => string[];
  /** What the message says of it. */
  says: RegExp;
}

const DE = "samples/town.de";
const config = (file: string) => ["filter", "samples/town.de-en.tsv", "--config", file];

const CASES: Record<string, Case> = {
  "a file's name": { name: `${EVIL}\nno`, argv: (file) => ["mine", file, DE], says: /\\u001b\[31m.*\\nno/ },
  "an option's name": { argv: () => ["mine", DE, DE, `--${EVIL}`], says: /unknown option '--\\u001b/ },
  "a command's name": { argv: () => [`${EVIL}`], says: /\\u001b/ },
  "an option's value": { argv: () => ["mine", DE, DE, "--threshold", `1${EVIL}`], says: /\\u001b/ },
  "a path to a field": {
    content: "{}\n",
    name: "a.jsonl",
    argv: (file) => ["mine", file, DE, "--field", `a${EVIL}`],
    says: /\\u001b/,
  },
  "a line of JSON": {
    content: `{"text": ${EVIL}}\n`,
    name: "a.jsonl",
    argv: (file) => ["mine", file, DE],
    says: /JSON/,
  },
  "a sentence of a JSON array": {
    content: `${EVIL}`,
    name: "a.json",
    argv: (file) => ["mine", file, DE],
    says: /JSON/,
  },
  "a rule's name": {
    content: `filters:\n  - "${EVIL.replace("\x1b", "\\e").replace("\x07", "\\a").replace("\x9b", "\\x9b")}": {}\n`,
    argv: config,
    says: /\\u001b/,
  },
  "a long rule's name": {
    content: `filters:\n  - ? ${"x".repeat(50_000)}\n    : {}\n`,
    argv: config,
    says: /xxx … \(/,
  },
  "a rule's value": {
    content: `filters:\n  - LengthFilter:\n      unit: "\\e[31m"\n`,
    argv: config,
    says: /unit/,
  },
  "a language of TMX": {
    content: `<tmx version="1.4"><header srclang="en&#x9b;"/><body><tu><tuv xml:lang="e&#x202e;n"><seg>a</seg></tuv></tu></body></tmx>`,
    name: "a.tmx",
    argv: (file) => ["convert", file, "--languages", `de${EVIL},en`],
    says: /./,
  },
  "an encoder's name": { argv: () => ["mine", DE, DE, "--encoder", `./${EVIL}`], says: /\\u001b/ },
  "a language's code": {
    argv: () => ["extract", DE, "--languages", `d${EVIL}`, "-o", "/dev/null/x"],
    says: /\\u001b/,
  },
};

for (const [what, { content, name = "input", argv, says }] of Object.entries(CASES)) {
  test(`${what} is shown and not obeyed, at bounded length`, async (t) => {
    const file = join(temporaryFolder(t), name);
    if (content !== undefined) writeFileSync(file, content);
    const { code, stderr } = await crisscross(argv(file));
    t.not(code, 0);
    t.regex(stderr, says);
    t.notRegex(stderr, UNSAFE);
    t.notRegex(stderr, /this is a bug/);
    t.true(stderr.length < MOST, String(stderr.length));
    t.is(stderr.trimEnd().split("\n").length, 1, stderr);
  });
}

test("names in an encoder's configuration are shown and not obeyed", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "e"));
  writeFileSync(join(folder, "e", "config.json"), JSON.stringify({ model_type: EVIL }));
  writeFileSync(join(folder, "e", "modules.json"), JSON.stringify([{ type: EVIL, path: EVIL }]));
  writeFileSync(join(folder, "e", "tokenizer.json"), `{"${EVIL}`);
  const { code, stderr } = await crisscross(["encoders", "show", join(folder, "e")]);
  t.is(code, 1);
  t.notRegex(stderr, UNSAFE);
});

test("what a job tells of its stages is shown and not obeyed", async (t) => {
  const stderr = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: true });
  const progress = new Progress(stderr, {});
  progress.show({ kind: "stage", stage: EVIL, what: "remade", changes: [`${EVIL}\nx`] });
  progress.show({ kind: "warning", message: EVIL });
  progress.finish(`${EVIL}\nsecond`);
  const shown = stderr.read() as string;
  t.notRegex(shown, UNSAFE);
  t.is(shown.trimEnd().split("\n").length, 4);
});

test("a table of figures is one line a row, whatever its names", async (t) => {
  const stdout = new PassThrough({ encoding: "utf8" });
  const report = {
    columns: ["xsim"],
    rows: [{ name: `${EVIL}\nrow`, figures: { xsim: { value: 1 } } }],
    conditions: { text: EVIL },
  };
  await printReport(report, {}, { stdout });
  const shown = stdout.read() as string;
  t.notRegex(shown, UNSAFE);
  t.is(shown.trimEnd().split("\n").length, 3);
});

test("a damaged file is named on one line, and its name not obeyed", async (t) => {
  const run = join(temporaryFolder(t), `${EVIL}\nrun`);
  t.is(
    (await crisscross(["mine", DE, DE, "--encoder", "ngram", "--dimensions", "16", "--quiet", "--run", run]))
      .code,
    0,
  );
  writeFileSync(join(run, "source.txt"), "other\n");
  const { code, stdout, stderr } = await crisscross(["verify", run]);
  t.is(code, 1);
  t.regex(stdout, /^(damaged|missing) .*\\u001b/);
  t.notRegex(stdout + stderr, UNSAFE);
  for (const line of stdout.trimEnd().split("\n")) t.regex(line, /^(damaged|missing|unverified|\d+ sound) /);
});

test("pairs on standard output are data, and stay as they are", async (t) => {
  const { stdout } = await crisscross(["convert", "-", "--quiet"], "a\x1b[31m\tb\x9b\n");
  t.is(stdout, "a\x1b[31m\tb\x9b\n");
});
