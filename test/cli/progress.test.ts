import { PassThrough } from "node:stream";
import test from "ava";
import { describeProgress } from "../../cli/describe-progress.js";
import { Progress } from "../../cli/progress.js";
import { InputError } from "../../src/errors.js";
import { option, say } from "../../src/wording.js";

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
  const skipped = { kind: "skipped", error: new InputError({ path: "a", line: 1 }, "broken") } as const;
  const show = (progress: Progress) => {
    progress.show({ kind: "warning", message: "k is large" });
    progress.show({ kind: "stage", stage: "source", what: "kept", changes: [] });
    progress.show({ kind: "stage", stage: "candidates", what: "remade", changes: ["k was 4 and is 8"] });
    progress.show({ kind: "stage", stage: "target", what: "made", changes: [] });
    for (let i = 0; i < 10; i++) progress.show(skipped);
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
      ...Array(3).fill("crisscross: skipped: a, line 1: broken"),
      "crisscross: more is skipped; the summary says how much",
      "done",
      "",
    ].join("\n"),
  );
  const quiet = progressOn({ quiet: true });
  show(quiet.progress);
  t.is(quiet.printed(), "");
});
