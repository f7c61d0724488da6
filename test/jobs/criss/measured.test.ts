import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { criss } from "../../../src/jobs/criss/criss.js";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { GOLD, linesOf, loop, newRun, TOWN } from "./loop.js";
import { smallStart } from "./small-start.js";

/** Translations of the samples as a folder of the Tatoeba test set has them. */
function tatoebaFolder(t: ExecutionContext, code = "deu"): string {
  const folder = join(temporaryFolder(t), "tatoeba");
  mkdirSync(folder);
  const [german, english] = ["samples/town.de", "samples/town.en"].map(linesOf);
  const gold = linesOf(GOLD["de-en"]).map((line) => line.split("\t").map(Number));
  const write = (side: string, lines: string[]) =>
    writeFileSync(join(folder, `tatoeba.${code}-eng.${side}`), `${lines.join("\n")}\n`);
  write(
    code,
    gold.map(([x]) => german[x - 1]),
  );
  write(
    "eng",
    gold.map(([, y]) => english[y - 1]),
  );
  return folder;
}

test("every round's encoder is measured on the Tatoeba languages that the loop has", async (t) => {
  const run = newRun(t);
  const folder = tatoebaFolder(t);
  const texts = [TOWN_DE, { fr: "samples/town.fr", en: "samples/town.en" }];
  const { rounds } = await loop({ run, rounds: 1, evaluateOn: folder }, texts);
  t.is(rounds[0].pairs["fr-en"].tatoeba, undefined);
  const encoder = join(run, "rounds", "0", "encoder");
  const { rows } = await evaluateTatoeba(folder, { encoder, centre: true });
  const accuracy = rows[0].figures["accuracy x→en"].value;
  t.true(accuracy > 0);
  t.is(rounds[1].pairs["de-en"].tatoeba, accuracy);
  t.is(rounds[1].mean.tatoeba, accuracy);
  const again = await loop({ run, rounds: 1, evaluateOn: folder }, texts);
  t.deepEqual(again.rounds, rounds);
  t.true(again.stages.includes("kept round 1 evaluation"));
  await loop({ run, rounds: 1 }, texts);
  const unmeasured = newRun(t);
  await loop({ run: unmeasured, rounds: 1 }, texts);
  t.deepEqual(hashRunFiles(run), hashRunFiles(unmeasured));
});

test("a test set that is rewritten after it was hashed measures nothing", async (t) => {
  const run = newRun(t);
  const folder = tatoebaFolder(t);
  const path = join(folder, "tatoeba.deu-eng.eng");
  utimesSync(path, 0, 0);
  const onEvent = (event: JobEvent) => {
    if (event.kind === "progress" && event.stage === "read de") writeFileSync(path, readFileSync(path));
  };
  const texts = { de: "samples/town.de", en: "samples/town.en" };
  const rounds = criss([texts], {
    run,
    encoder: await smallStart(),
    threads: 1,
    evaluateOn: folder,
    onEvent,
  });
  await t.throwsAsync(rounds.next(), { instanceOf: InputError, message: /eng\.eng: was written again at/ });
});

const [TOWN_DE] = TOWN as [Record<string, string>];

test("a test set without the loop's languages is refused, and so is a folder that is none", async (t) => {
  const run = newRun(t);
  await t.throwsAsync(loop({ run, evaluateOn: tatoebaFolder(t, "swh") }), {
    instanceOf: OptionError,
    message: /has no Tatoeba files for de, en; it has swh/,
  });
  await t.throwsAsync(loop({ run, evaluateOn: temporaryFolder(t) }), {
    instanceOf: InputError,
    message: /has no Tatoeba files; expected/,
  });
});

test("best F1 is that of the pairs above the margin that is best for it", async (t) => {
  const run = newRun(t);
  const { rounds } = await loop({ run, rounds: 1, gold: GOLD });
  const [german, english] = ["samples/town.de", "samples/town.en"].map(linesOf);
  const gold = new Set(linesOf(GOLD["de-en"]));
  const pairs = readFileSync(join(run, "rounds/1/pairs/de-en.tsv"), "utf8").trimEnd().split("\n");
  let [right, best] = [0, 0];
  for (const [i, line] of pairs.entries()) {
    const [, x, y] = line.split("\t");
    if (gold.has(`${german.indexOf(x) + 1}\t${english.indexOf(y) + 1}`)) right++;
    best = Math.max(best, (2 * right) / (i + 1 + gold.size));
  }
  t.true(best > 0.1);
  t.is(rounds[1].mean.bestF1?.toFixed(9), best.toFixed(9));
});
