import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { kill } from "node:process";
import test, { type ExecutionContext } from "ava";
import { openEncoder } from "../../../src/embed/open-encoder.js";
import { OptionError, TrainingError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { criss } from "../../../src/jobs/criss/criss.js";
import type { CrissOptions } from "../../../src/jobs/criss/options.js";
import { crissStatus } from "../../../src/jobs/criss/status.js";
import type { RoundSummary } from "../../../src/steps/runs/loop-summary.js";
import { copyOf, editJson, staticFolder, TRANSFORMER } from "../../embed/folders.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

const TOWN = [{ de: "samples/town.de", en: "samples/town.en" }];
const START = staticFolder("normalised");

/** What every script of these tests begins with. */
const HEAD = `#!${process.execPath}
import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
const [bitext, start, output] = process.argv.slice(-3);
const copy = () => cpSync(start, output, { recursive: true });
const fillTable = (byte) => {
  const path = output + "/model.safetensors";
  const table = readFileSync(path);
  writeFileSync(path, table.fill(byte, 8 + Number(table.readBigUInt64LE())));
};
`;

/** A script of a test as a command. It is one word: every file that a command names is hashed, Node's program too. */
function script(t: ExecutionContext, body: string): string[] {
  const path = join(temporaryFolder(t), "train.mjs");
  writeFileSync(path, HEAD + body, { mode: 0o755 });
  return [path];
}

const newRun = (t: ExecutionContext) => join(temporaryFolder(t), "run");

async function loop(command: string[], options: Partial<CrissOptions> & { run: string }) {
  const rounds: RoundSummary[] = [];
  for await (const round of criss(TOWN, {
    encoder: START,
    rounds: 1,
    threads: 1,
    hubLimit: 260,
    command,
    ...options,
  }))
    rounds.push(round);
  return rounds;
}

test("a program makes the encoder that mines the next round, of three folders and what its environment tells", async (t) => {
  const run = newRun(t);
  const told = join(temporaryFolder(t), "told");
  const body = `
    const { CRISSCROSS_ROUND: round, CRISSCROSS_SEED: seed, CRISSCROSS_THREADS: threads, CRISSCROSS_PROMPT: prompt, CRISSCROSS_BEFORE: before } = process.env;
    appendFileSync(${JSON.stringify(told)}, JSON.stringify({ bitext, start, output, before, round, seed, threads, prompt, left: readdirSync(output) }) + "\\n");
    copy();
    writeFileSync(output + "/made-by", round);`;
  const rounds = await loop(script(t, body), { run, rounds: 2, seed: 7, threads: 1 });
  t.is(rounds.length, 3);
  const facts = readFileSync(told, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const expected = (round: number) => {
    const place = resolve(run, "rounds", String(round), "training");
    const folders = { bitext: join(place, "bitext"), start: resolve(START), output: join(place, "encoder") };
    const before = round === 0 ? undefined : resolve(run, "rounds", String(round - 1), "encoder");
    return { ...folders, before, round: String(round), seed: "7", threads: "1", prompt: "", left: [] };
  };
  t.deepEqual(facts, JSON.parse(JSON.stringify([expected(0), expected(1)])));
  for (const round of ["0", "1"])
    t.is(readFileSync(join(run, "rounds", round, "encoder", "made-by"), "utf8"), round);
  t.deepEqual(readdirSync(join(run, "rounds", "0", "training")), ["bitext", "log.txt"]);
  t.false(existsSync(join(run, "rounds", "2", "training")));
  // The same encoder finds the same pairs.
  t.is(rounds[1].mean.agreement, 1);
});

test("the bitext is the pairs to train on, those that are held out left out", async (t) => {
  const run = newRun(t);
  const [{ pairs }] = await loop(script(t, "copy();"), { run, quantile: [0] });
  const linesOf = (...names: string[]) =>
    readFileSync(join(run, "rounds", "0", ...names), "utf8")
      .trimEnd()
      .split("\n");
  const given = linesOf("training", "bitext", "de-en.tsv");
  const found = linesOf("pairs", "de-en.tsv").map((line) => line.split("\t").slice(1).join("\t"));
  t.is(found.length, pairs["de-en"].training);
  t.is(given.length, found.length - Math.floor(found.length / 5));
  t.deepEqual(
    found.filter((pair) => given.includes(pair)),
    given,
  );
});

test("a Transformer is a start, and its prompt is told", async (t) => {
  const run = newRun(t);
  const encoder = copyOf(TRANSFORMER, t);
  const named = { prompts: { query: "query: " }, default_prompt_name: "query" };
  editJson(encoder, "config_sentence_transformers.json", named);
  await loop(script(t, `copy(); console.log("<" + process.env.CRISSCROSS_PROMPT + ">");`), {
    run,
    encoder,
    quantile: [0],
  });
  const log = readFileSync(join(run, "rounds", "0", "training", "log.txt"), "utf8");
  t.is(log, "<query: >\n");
});

test("each line that the program prints is shown without colours, and kept", async (t) => {
  const run = newRun(t);
  const shown: (string | undefined)[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "progress" && event.stage === "train") shown.push(event.detail);
  };
  const body = `copy(); process.stdout.write("step 1\\rstep 2\\r\\n\\n\\x1b[32mloss 0.5\\x1b[0m, übrig");`;
  await loop(script(t, body), { run, onEvent });
  t.deepEqual(shown, ["step 1", "step 2", "loss 0.5, übrig"]);
  const log = readFileSync(join(run, "rounds", "0", "training", "log.txt"), "utf8");
  t.is(log, "step 1\nstep 2\nloss 0.5, übrig\n");
});

test("what a program leaves unfinished is there for the same command, not for another, and gone at the end", async (t) => {
  const run = newRun(t);
  const body = (end: string) => `
    const path = process.env.CRISSCROSS_UNFINISHED;
    const { existsSync } = await import("node:fs");
    console.log("found", existsSync(path) ? readFileSync(path, "utf8") : "nothing");
    writeFileSync(path, "half");
    ${end}`;
  const command = script(t, body(`process.exit(1);`));
  const log = () => readFileSync(join(run, "rounds", "0", "training", "log.txt"), "utf8");
  for (const found of ["nothing", "half"]) {
    await t.throwsAsync(loop(command, { run }), { instanceOf: TrainingError });
    t.is(log(), `found ${found}\n`);
  }
  writeFileSync(command[0], HEAD + body("copy();"));
  await loop(command, { run });
  t.is(log(), "found nothing\n");
  t.deepEqual(
    readdirSync(run).filter((name) => name.endsWith(".resume")),
    [],
  );
});

test("what one share's training leaves unfinished is not another's", async (t) => {
  const run = newRun(t);
  const body = `copy(); console.log("file", process.env.CRISSCROSS_UNFINISHED);`;
  await loop(script(t, body), { run, tune: [0, 0.5] });
  for (const share of ["0", "0.5"]) {
    const log = join(run, "rounds", "0", "training", share, "log.txt");
    t.is(readFileSync(log, "utf8"), "file undefined\n");
  }
});

test("what a program tells of its encoder stands in the figures of the round that it mines", async (t) => {
  const run = newRun(t);
  const told = { "BLEU de-en": 12.5, signature: "nrefs:1" };
  const body = `copy(); writeFileSync(output + "/figures.json", ${JSON.stringify(JSON.stringify(told))});`;
  const rounds = await loop(script(t, body), { run });
  t.deepEqual(
    rounds.map((round) => round.told),
    [undefined, told],
  );
  t.deepEqual((await crissStatus(run)).rounds[1].told, told);
});

const FAILURES: [what: string, body: string, message: RegExp][] = [
  [
    "ends with an exit code",
    `copy(); for (let i = 1; i <= 12; i++) console.error("line", i); process.exitCode = 3;`,
    /train\.mjs: ended with exit code 3, in round 0\. Its last lines:\n {2}line 3\n(?: {2}line \d+\n){8} {2}line 12\n {2}\(all of them: .*run\/rounds\/0\/training\/log\.txt\) Correct it and give the same command again; what is done is kept\.$/,
  ],
  [
    "is killed",
    `process.kill(process.pid, "SIGKILL");`,
    /ended by the signal SIGKILL, in round 0\. It printed nothing\. Correct it and give/,
  ],
  [
    "leaves not even the folder",
    `(await import("node:fs")).rmSync(output, { recursive: true });`,
    /left nothing in the folder for the new encoder, in round 0/,
  ],
  ["leaves nothing", "", /left nothing in the folder for the new encoder, in round 0/],
  [
    "leaves no encoder",
    `writeFileSync(output + "/weights", "");`,
    /left no encoder that can be used: .*training\/encoder: has no tokenizer\.json; .*, in round 0/,
  ],
  [
    "leaves other dimensions",
    `cpSync(${JSON.stringify(TRANSFORMER)}, output, { recursive: true });`,
    /left an encoder of 2 dimensions, but the one that it started from has 6, in round 0/,
  ],
  [
    "leaves NaN",
    `copy(); fillTable(0xff);`,
    /left an encoder whose vectors are not finite \(NaN\), in round 0/,
  ],
  [
    "tells what is no figure",
    `copy(); writeFileSync(output + "/figures.json", '{"BLEU": [1]}');`,
    /left a figures\.json that is no JSON object of names with a number or a text each, in round 0/,
  ],
  ["leaves zeros", `copy(); fillTable(0);`, /left an encoder whose vectors are all zeros, in round 0/],
];

for (const [what, body, message] of FAILURES) {
  test(`a program that ${what} is named with its last lines, and the round before is kept`, async (t) => {
    const run = newRun(t);
    await t.throwsAsync(loop(script(t, body), { run }), {
      instanceOf: TrainingError,
      message,
    });
    t.false(existsSync(join(run, "rounds", "0", "encoder")));
    const { best, next } = await crissStatus(run);
    t.deepEqual([best, next?.what], [0, "train"]);
    t.deepEqual(hashRunFiles(join(run, "pairs")), hashRunFiles(join(run, "rounds", "0", "pairs")));
    const published = await openEncoder(run);
    await published.close?.();
  });
}

test("a program that was mended goes on in the same folder, with the same bytes", async (t) => {
  const [run, whole] = [newRun(t), newRun(t)];
  const command = script(t, `console.log("half"); writeFileSync(output + "/half", ""); process.exit(1);`);
  await t.throwsAsync(loop(command, { run }), { instanceOf: TrainingError });
  writeFileSync(command[0], `${HEAD}copy(); console.log("all");`);
  await loop(command, { run });
  await loop(command, { run: whole });
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
});

test("a changed program, or file among its words, trains again, and says why", async (t) => {
  const run = newRun(t);
  const changes: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "stage") changes.push(...event.changes);
  };
  const command = [process.execPath, ...script(t, "copy();")];
  await loop(command, { run, onEvent });
  await loop(command, { run, onEvent });
  t.deepEqual(changes, []);
  writeFileSync(command[1], `${HEAD}copy(); // more`);
  await loop(command, { run, onEvent });
  t.regex(changes[0], /^files: .*train\.mjs was [0-9a-f]{8}… and is [0-9a-f]{8}…$/);
  changes.length = 0;
  await loop([...command, "--fast"], { run, onEvent });
  t.regex(changes[0], /^command was \[.*\] and is \[.*"--fast"\]$/);
});

test("an interruption ends the program and what it started, and leaves nothing half-written", async (t) => {
  const [run, whole] = [newRun(t), newRun(t)];
  const flag = join(temporaryFolder(t), "slow");
  writeFileSync(flag, "");
  const command = script(
    t,
    `import { spawn } from "node:child_process"; import { existsSync } from "node:fs";
    copy();
    if (existsSync(${JSON.stringify(flag)})) {
      spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
      writeFileSync(${JSON.stringify(flag)}, String(process.pid));
      setInterval(() => {}, 1000);
      console.error("waiting");
    }
    console.log("trained");`,
  );
  const stop = new AbortController();
  const onEvent = (event: JobEvent) => {
    if (event.kind === "progress" && event.detail === "trained") stop.abort(new Error("enough"));
  };
  // It would not end before what the program has started does: that holds its output open.
  await t.throwsAsync(loop(command, { run, onEvent, signal: stop.signal }), { message: "enough" });
  t.throws(() => kill(Number(readFileSync(flag, "utf8")), 0), { code: "ESRCH" });
  t.deepEqual(readdirSync(join(run, "rounds", "0", "training")), ["bitext", "log.txt"]);
  rmSync(flag);
  await loop(command, { run });
  await loop(command, { run: whole });
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
});

const REFUSED: [what: string, options: Partial<CrissOptions>, message: RegExp][] = [
  [
    "no program",
    { command: ["no-such-program", "x"] },
    /command: no-such-program is not in PATH; .* No shell/,
  ],
  [
    "a file that is none",
    { command: ["./package.json"] },
    /\.\/package\.json is not a program that can be run/,
  ],
  ["a folder", { command: ["/"] }, /command: \/ is not a program/],
  ["no words", { command: [] }, /command is empty/],
  ["one that starts from an unknown prompt", { promptName: "other" }, /has no prompt named other/],
  ["one that starts from a table's variant", { variant: "q4" }, /has no model files to choose from/],
  [
    "the trainer without a program",
    { command: undefined, trainer: "command" },
    /trainer: "command" needs to know what to run/,
  ],
  ["another trainer", { trainer: "table" }, /command goes with trainer: "command", but the trainer is table/],
];

for (const [what, options, message] of REFUSED) {
  test(`refused before anything is written: ${what} as a command`, async (t) => {
    const run = newRun(t);
    const rounds = loop([process.execPath], { run, ...options });
    await t.throwsAsync(rounds, { instanceOf: OptionError, message });
    t.false(existsSync(run));
  });
}
