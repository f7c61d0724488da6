import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { report } from "../../../src/jobs/report/report.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** The folder of a loop of two rounds, as far as a report reads it. */
function writeLoop(folder: string, more: Record<string, object> = {}): void {
  const stage = (key: object) => ({ key, seconds: 0 });
  const stages = {
    plan: stage({ texts: ["de", "en"], pairs: ["de-en"], rounds: 1 }),
    "round 0 pairs": stage({}),
    "round 1 pairs": stage({}),
    ...more,
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ format: 1, job: "criss", stages }));
  for (const [round, rows] of ["1.5\ta\tx\n1.2\tb\ty\n", "1.6\ta\tx\n1.4\tc\tz\n1.3\td\tw\n"].entries()) {
    const place = join(folder, "rounds", String(round));
    mkdirSync(join(place, "pairs"), { recursive: true });
    writeFileSync(join(place, "pairs", "de-en.tsv"), rows);
    const figures = {
      mutual: 0.5 + round / 4,
      found: 2 + round,
      training: 1,
      sentences: { source: 4, target: 4 },
    };
    const stats = { round, pairs: { "de-en": figures }, mean: { mutual: figures.mutual } };
    writeFileSync(join(place, "stats.json"), JSON.stringify(stats));
  }
}

test("a loop has its rounds' figures, what came and went between them, and the pairs of its best round", async (t) => {
  const folder = temporaryFolder(t);
  writeLoop(folder, {
    result: { key: { round: 0 }, seconds: 0 },
    finished: { key: { rounds: 1, best: 0, stopped: false }, seconds: 0 },
  });
  const [loop, bitext] = (await report([folder])).parts;
  t.deepEqual([loop.kind, loop.notes], ["loop", []]);
  t.deepEqual(loop.rounds, [
    {
      name: "de-en",
      rounds: [
        { round: 0, figures: { found: 2, training: 1, mutual: 0.5 } },
        { round: 1, figures: { found: 3, training: 1, mutual: 0.75 } },
      ],
    },
  ]);
  const [{ kept, came, went }] = loop.changes!;
  t.deepEqual([kept, came, went], [1, 2, 1]);
  t.deepEqual([bitext.kind, bitext.scores!.pairs[0]], ["bitext", 2]);
});

test("a loop that is not at its end says so, and shows the last round", async (t) => {
  const folder = temporaryFolder(t);
  writeLoop(folder);
  const [loop, bitext] = (await report([folder])).parts;
  t.regex(loop.notes[0], /not at its end: rounds 0 to 1 of 1 are mined\. The same crisscross criss command/);
  t.is(bitext.scores!.pairs[0], 3);
});

test("a loop that has not mined a round yet says so", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ format: 1, job: "criss", stages: {} }));
  const parts = (await report([folder])).parts;
  t.is(parts.length, 1);
  t.regex(parts[0].notes[0], /no round is mined yet/);
});
