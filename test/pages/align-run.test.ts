import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError } from "../../src/errors.js";
import type { JobEvent, ProgressEvent, StageEvent } from "../../src/events.js";
import type { AlignedPageSentences, AlignPagesOptions } from "../../src/jobs/align/pages/align-options.js";
import { alignPages } from "../../src/jobs/align/pages/align-pages.js";
import { verify } from "../../src/jobs/verify/verify.js";
import type { GivenPage } from "../../src/types/pages.js";
import { killAt } from "../cli/kill-at.js";
import { crisscross } from "../cli/terminal.js";
import { letterEncoder } from "../jobs/letter-encoder.js";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";
import { pageOf, pagesFrom } from "./letter-pages.js";

const FIRSTS = Array.from({ length: 70 }, (_, page) => page * 7);
const SOURCE = [...pagesFrom(FIRSTS), pageOf([[1006, 1007]])];
const TARGET = [pageOf([[1040, 1041]]), ...pagesFrom(FIRSTS.toReversed())];

/** Aligns the pages of both sides, and notes what it tells. */
class Watched {
  readonly encoder = letterEncoder(64);
  readonly found: AlignedPageSentences[] = [];
  readonly progress: ProgressEvent[] = [];
  readonly stages: StageEvent[] = [];

  /** @param stop ends the work at an event of which it is true */
  async align(
    { source = SOURCE, target = TARGET, ...options }: AlignPagesOptions & Partial<Sides>,
    stop?: (event: ProgressEvent) => boolean,
  ): Promise<this> {
    const onEvent = (event: JobEvent) => {
      if (event.kind === "stage") this.stages.push(event);
      if (event.kind !== "progress") return;
      this.progress.push(event);
      if (stop?.(event)) throw new Error("stopped");
    };
    for await (const one of alignPages(source, target, { encoder: this.encoder, ...options, onEvent }))
      this.found.push(one);
    return this;
  }

  /** Which parts of a stage were done, by their numbers. */
  doneOf(stage: string): number[] {
    return this.progress.filter((event) => event.stage === stage).map(({ done }) => done);
  }

  /** Stages that were made, and those that were made again. */
  get made(): string[] {
    return this.stages.filter(({ what }) => what !== "kept").map(({ stage }) => stage);
  }
}

interface Sides {
  source: GivenPage[];
  target: GivenPage[];
}

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

test("what was aligned before a run was stopped is not aligned again, and the result is the same", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const whole = await new Watched().align({});
  const isAt = ({ stage, done }: ProgressEvent) => stage === "align pages" && done === 30;
  await t.throwsAsync(new Watched().align({ run }, isAt), { message: "stopped" });
  const again = await new Watched().align({ run });
  t.deepEqual(again.found, whole.found);
  t.deepEqual(again.doneOf("align pages"), upTo(31, 70));
  t.deepEqual(again.doneOf("compare pages"), []);
  t.deepEqual(again.doneOf("embed source"), []);
  const third = await new Watched().align({ run });
  t.deepEqual(third.found, whole.found);
  t.deepEqual([third.made, third.encoder.encoded], [[], 0]);
});

test("a torn alignment at the end of what a killed run left is made again", async (t) => {
  const folder = temporaryFolder(t);
  const [run, whole] = [join(folder, "run"), join(folder, "whole")];
  await new Watched().align({ run: whole });
  const isAt = ({ stage, done }: ProgressEvent) => stage === "align pages" && done === 30;
  await t.throwsAsync(new Watched().align({ run }, isAt), { message: "stopped" });
  const [name] = Object.keys(hashRunFiles(run)).filter((file) => /^\.alignments\..*\.resume$/.test(file));
  const left = readFileSync(join(run, name));
  writeFileSync(join(run, name), left.subarray(0, left.length - 5));
  const again = await new Watched().align({ run });
  t.deepEqual(again.doneOf("align pages"), upTo(30, 70));
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
});

test("pages that were compared before a run was stopped are not compared again", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const whole = await new Watched().align({});
  const isAt = ({ stage, done }: ProgressEvent) => stage === "compare pages" && done === 258;
  await t.throwsAsync(new Watched().align({ run }, isAt), { message: "stopped" });
  const again = await new Watched().align({ run });
  t.is(again.doneOf("compare pages")[0], 257);
  t.deepEqual(again.found, whole.found);
});

test("another least score makes nothing anew, other blocks the alignments, other pages what is made of them", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await new Watched().align({ run });
  const strict = await new Watched().align({ run, minScore: 1, minPageScore: 0.2 });
  t.deepEqual([strict.made, strict.encoder.encoded], [[], 0]);
  t.deepEqual(strict.found, (await new Watched().align({ minScore: 1, minPageScore: 0.2 })).found);

  const longer = await new Watched().align({ run, maxSentences: 6 });
  t.deepEqual(longer.made, ["alignments"]);
  t.deepEqual(longer.stages.find(({ what }) => what === "remade")?.changes, ["maxSentences was 4 and is 6"]);
  t.deepEqual(longer.found, (await new Watched().align({ maxSentences: 6 })).found);

  const target = TARGET.slice(0, 50);
  const fewer = await new Watched().align({ run, target });
  t.deepEqual(fewer.made, ["page candidates", "target vectors", "page scores", "alignments"]);
  t.deepEqual(fewer.found, (await new Watched().align({ target })).found);
});

test("what a run counted goes as soon as other alignments are made", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await new Watched().align({ run });
  t.true(existsSync(join(run, "stats.json")));
  const isAt = ({ stage, done }: ProgressEvent) => stage === "align pages" && done === 30;
  await t.throwsAsync(new Watched().align({ run, maxSentences: 6 }, isAt), { message: "stopped" });
  t.false(existsSync(join(run, "stats.json")));
});

test("a damaged file of a stage is named, and the stage made again", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const whole = await new Watched().align({ run });
  for (const [file, stage] of [
    ["alignments.jsonl", "alignments"],
    ["page-scores.npy", "page scores"],
    ["page-candidates.npy", "page candidates"],
  ]) {
    const bytes = readFileSync(join(run, file));
    bytes[bytes.length - 2] ^= 1;
    writeFileSync(join(run, file), bytes);
    const found = [];
    for await (const { path, state } of verify([run])) if (state !== "sound") found.push(path);
    t.deepEqual(found, [join(run, file)]);
    const again = await new Watched().align({ run });
    const remade = again.stages.filter(({ what }) => what === "remade");
    t.deepEqual(
      remade.map((event) => event.stage),
      [stage],
    );
    t.regex(remade[0].changes.join(), new RegExp(`${file}.* damaged`));
    t.deepEqual(again.found, whole.found);
  }
});

test("clean removes vectors; what needs none goes on without them, and what does makes them again", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const whole = await new Watched().align({ run, clean: true });
  t.false(existsSync(join(run, "source.npy")) || existsSync(join(run, "target.npy.json")));
  const kept = await new Watched().align({ run, clean: true });
  t.deepEqual([kept.found, kept.encoder.encoded], [whole.found, 0]);
  const longer = await new Watched().align({ run, maxSentences: 6 });
  t.deepEqual(longer.made, ["alignments", "source vectors", "target vectors"]);
});

test("the folder of another job is refused", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await new Watched().align({ run });
  const { code, stderr } = await crisscross(["select", run]);
  t.is(code, 1);
  t.regex(stderr, /is the folder of align, not of mine/);
  await crisscross(["mine", "samples/town.de", "samples/town.en", "--encoder", "ngram", "--run", `${run}2`]);
  await t.throwsAsync(new Watched().align({ run: `${run}2` }), {
    instanceOf: InputError,
    message: /is the folder of mine, not of align/,
  });
});

/** What a run makes, from early to late. */
const MOMENTS = [
  /\/target\.npy$/,
  /\/page-candidates\.npy$/,
  /\/\.page-scores\.[0-9a-f]+\.resume$/,
  /\/\.alignments\.[0-9a-f]+\.resume$/,
  /\/alignments\.jsonl$/,
  /\/\.pairs\.tsv/,
  /\/stats\.json$/,
];

test("kill -9 at any stage, and the same command again: the same bytes in every file", async (t) => {
  const folder = temporaryFolder(t);
  const write = (name: string, pages: readonly GivenPage[]) => {
    writeFileSync(join(folder, name), pages.map((page) => `${JSON.stringify(page)}\n`).join(""));
    return join(folder, name);
  };
  const sides = [write("a.jsonl", SOURCE.slice(0, 12)), write("b.jsonl", TARGET.slice(-14))];
  const argv = (run: string) => [
    "align",
    ...sides,
    ...["--pages", "auto", "--encoder", "ngram", "--dimensions", "32", "--quiet", "--run", join(folder, run)],
  ];
  t.is((await crisscross(argv("whole"))).code, 0);
  const expected = hashRunFiles(join(folder, "whole"));
  t.true("pairs.tsv" in expected);
  for (const [number, moment] of MOMENTS.entries()) {
    await killAt(t, moment, argv(String(number)));
    t.is((await crisscross(argv(String(number)))).code, 0);
    t.deepEqual(hashRunFiles(join(folder, String(number))), expected, String(moment));
  }
});
