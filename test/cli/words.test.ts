import { PassThrough } from "node:stream";
import test from "ava";
import { InvalidArgumentError } from "commander";
import { describeProgress } from "../../cli/describe-progress.js";
import { firstError } from "../../cli/first-error.js";
import { Progress } from "../../cli/progress.js";
import { commandWords } from "../../cli/words.js";
import { InputError } from "../../src/errors.js";
import { option, say } from "../../src/wording.js";
import { crisscrossInto } from "./terminal.js";

test("a command is taken apart by a shell's rules of quoting", (t) => {
  t.deepEqual(commandWords("python3 train.py --layers 2"), ["python3", "train.py", "--layers", "2"]);
  t.deepEqual(commandWords(`'my python' "a \\"b\\"" c\\ d ''  'it'"'"'s'`), [
    "my python",
    'a "b"',
    "c d",
    "",
    "it's",
  ]);
  t.deepEqual(commandWords(`sh -c 'train "$@" | tee log' sh`), ["sh", "-c", 'train "$@" | tee log', "sh"]);
});

const REFUSED: [command: string, what: string][] = [
  ["train.py | tee log", "|"],
  ["train.py > log", ">"],
  ["train.py && echo done", "&&"],
  ["$HOME/train.py", "$HOME"],
  ["train.py *.tsv", "*.tsv"],
  ["train.py # more", "# more"],
];

for (const [command, what] of REFUSED) {
  test(`what only a shell understands is refused: ${command}`, (t) => {
    const message = `It is run without a shell, which would be needed for ${what}. Quote that, or give sh -c '…'.`;
    t.throws(() => commandWords(command), { instanceOf: InvalidArgumentError, message });
  });
}

test("no words are no command", (t) => {
  t.throws(() => commandWords(" "), { message: "Expected a program and its arguments." });
});

const LABELLED = "2\tgut\tgood\t1\n1\tgut\tbad\t0\n";

const PRINTING = [
  ["--help"],
  ["--version"],
  ["help", "convert"],
  ["filter", "--rules"],
  ["encoders", "show", "builtin"],
  ["encoders", "list", "--json"],
  ["evaluate", "labels", "-", "--label-column", "4"],
];

for (const argv of PRINTING) {
  const line = argv.join(" ");

  test(`crisscross ${line} ends quietly when the reader of its pipe has enough`, async (t) => {
    t.deepEqual(await crisscrossInto("EPIPE", argv, LABELLED), { code: 0, stderr: "" });
  });

  test(`crisscross ${line} says that it cannot print`, async (t) => {
    const { code, stderr } = await crisscrossInto("ENOSPC", argv, LABELLED);
    t.is(code, 1);
    t.regex(stderr, /^crisscross: standard output: cannot be written: ENOSPC\.\n$/);
  });
}

const broken = new InputError({ path: "news.de" }, "is cut short.");

async function failTwice(): Promise<void> {
  const fails = (name: string) => ({
    [Symbol.asyncDispose]: async () => {
      throw new Error(`${name} cannot be closed`);
    },
  });
  await using _output = fails("the output");
  await using _input = fails("the input");
  throw broken;
}

test("what went wrong first is told, not what failed when files were closed after it", async (t) => {
  const thrown = await t.throwsAsync(failTwice());
  t.not(thrown, broken);
  t.is(firstError(thrown), broken);
});

test("an error that came alone is told as it is", (t) => {
  t.is(firstError(broken), broken);
  t.is(firstError("no error object"), "no error object");
});

const event = {
  kind: "progress",
  stage: "embed source",
  done: 30_000,
  total: 90_000,
  unit: "sentences",
} as const;

test("progress tells count, rate and time left", (t) => {
  // 20,000 in 10 seconds: 2,000 a second; 60,000 are left.
  t.is(describeProgress(event, 20_000, 10), "embed source: 30K of 90K sentences · 2K/s · 30 s left");
  t.is(describeProgress({ ...event, total: undefined }, 20_000, 10), "embed source: 30K sentences · 2K/s");
  t.is(describeProgress(event, 0, 0), "embed source: 30K of 90K sentences");
  t.is(describeProgress(event, 100, 10), "embed source: 30K of 90K sentences · 10/s · 1.7 h left");
});

function progressOn(options: { quiet?: boolean; verbose?: boolean }) {
  const stderr = new PassThrough();
  return { progress: new Progress(stderr, options), printed: () => String(stderr.read() ?? "") };
}

test("work of less than two seconds shows no progress, even with --verbose", (t) => {
  const { progress, printed } = progressOn({ verbose: true });
  progress.show(event);
  t.is(printed(), "");
});

test("what is skipped is told without the advice to skip it", (t) => {
  const { progress, printed } = progressOn({});
  const advice = say`Convert the file to UTF-8, or pass ${option("onError", "skip")}.`;
  const error = new InputError({ path: "a", line: 3 }, "invalid UTF-8 (0xFF).", { advice });
  progress.show({ kind: "skipped", error });
  t.is(printed(), "crisscross: skipped: a, line 3: invalid UTF-8 (0xFF).\n");
});

test("options are named as they are typed", (t) => {
  const { progress, printed } = progressOn({});
  const wording = say`No mean. With ${option("centre", false)} neither side is centred.`;
  progress.show({ kind: "warning", message: "", wording });
  t.is(printed(), "crisscross: No mean. With --no-centre neither side is centred.\n");
});

test("warnings and a run's news are shown, the first few skips each, and nothing with --quiet", (t) => {
  const skippedAt = (line: number) =>
    ({ kind: "skipped", error: new InputError({ path: "a", line }, "broken") }) as const;
  const show = (progress: Progress) => {
    progress.show({ kind: "warning", message: "k is large" });
    progress.show({ kind: "stage", stage: "source", what: "kept", changes: [] });
    progress.show({ kind: "stage", stage: "candidates", what: "remade", changes: ["k was 4 and is 8"] });
    progress.show({ kind: "stage", stage: "target", what: "made", changes: [] });
    for (let line = 1; line <= 10; line++) progress.show(skippedAt(line));
    progress.finish("done");
  };
  const loud = progressOn({});
  show(loud.progress);
  t.is(
    loud.printed(),
    [
      "crisscross: k is large",
      "source: done before, kept",
      "candidates: done again: k was 4 and is 8",
      ...[1, 2, 3].map((line) => `crisscross: skipped: a, line ${line}: broken`),
      "crisscross: skipped 10 in all",
      "done",
      "",
    ].join("\n"),
  );
  const quiet = progressOn({ quiet: true });
  show(quiet.progress);
  t.is(quiet.printed(), "");
});
