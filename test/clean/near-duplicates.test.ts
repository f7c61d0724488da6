import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openBandKeys } from "../../src/clean/near-duplicates/band-keys.js";
import { chanceToMeet, chooseBands } from "../../src/clean/near-duplicates/choose-bands.js";
import { findNearEarlier } from "../../src/clean/near-duplicates/find-near-earlier.js";
import { minHash, PERMUTATIONS } from "../../src/clean/near-duplicates/min-hash.js";
import { shinglesOf } from "../../src/clean/near-duplicates/shingles.js";
import { OptionError } from "../../src/errors.js";
import { randomNumbers } from "../random.js";
import { temporaryFolder } from "../temporary-folder.js";

test("shingles are five words in a row, whatever their case, width, accents' form and punctuation", (t) => {
  const shingles = shinglesOf(["The gate is open, café: now and then."]);
  t.is(shingles.size, 4);
  t.deepEqual(shinglesOf(["the GATE is open cafe\u0301", "Ｎｏｗ and – then"]), shingles);
  t.is(shinglesOf(["the gate is open"]).size, 1);
  t.is(shinglesOf(["one two three one two three one two three"]).size, 3);
  t.is(shinglesOf(["", "…"]).size, 0);
});

test("a script without spaces is shingled by character", (t) => {
  t.is(shinglesOf(["如果没有雾，渡轮七点开。"]).size, 10 - 4);
});

test("the order of words matters", (t) => {
  const [one, other] = [shinglesOf(["a b c d e"]), shinglesOf(["e d c b a"])];
  t.false([...one].some((shingle) => other.has(shingle)));
});

/** Two sets of `size` numbers whose Jaccard similarity is `common` / (2 `size` − `common`). */
function pairOfSets(next: () => number, size: number, common: number): [Set<number>, Set<number>] {
  const draw = () => Math.floor(next() * 2 ** 32);
  const shared = Array.from({ length: common }, draw);
  const own = () => new Set([...shared, ...Array.from({ length: size - common }, draw)]);
  return [own(), own()];
}

for (const common of [20, 50, 80, 95])
  test(`signatures of sets with ${common} of 100 elements in common agree as often as the sets are similar`, (t) => {
    const next = randomNumbers(common);
    const trials = 200;
    let agreeing = 0;
    for (let trial = 0; trial < trials; trial++) {
      const [one, other] = pairOfSets(next, 100, common).map(minHash);
      agreeing += one.filter((value, i) => value === other[i]).length;
    }
    const places = trials * PERMUTATIONS;
    const similarity = common / (200 - common);
    // Four standard deviations of as many throws of a coin that shows a head so often.
    const bound = 4 * Math.sqrt((similarity * (1 - similarity)) / places);
    t.true(Math.abs(agreeing / places - similarity) < bound, `${agreeing / places} for ${similarity}`);
  });

test("a chance to meet is that of a table worked by hand", (t) => {
  // Leskovec et al., example 3.11: 20 bands of 5 rows.
  for (const [similarity, chance] of [
    [0.2, 0.006],
    [0.3, 0.047],
    [0.4, 0.186],
    [0.5, 0.47],
    [0.6, 0.802],
    [0.7, 0.975],
    [0.8, 0.9996],
  ])
    t.true(Math.abs(chanceToMeet(similarity, { bands: 20, rows: 5 }) - chance) < 0.0006, `${similarity}`);
});

test("bands and rows fit the threshold, and the signature", (t) => {
  for (const threshold of [0.3, 0.5, 0.7, 0.8, 0.9, 1]) {
    const choice = chooseBands(threshold, PERMUTATIONS);
    t.true(choice.bands * choice.rows <= PERMUTATIONS);
    t.true(chanceToMeet(threshold - 0.2, choice) < 0.2);
    if (threshold < 0.9) t.true(chanceToMeet(threshold + 0.15, choice) > 0.8);
  }
});

for (const threshold of [0, -1, 1.1, Number.NaN])
  test(`a threshold of ${threshold} is refused`, (t) => {
    t.throws(() => openBandKeys({ threshold }), { instanceOf: OptionError });
  });

const words = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`).join(" ");

async function nearOf(t: Parameters<typeof temporaryFolder>[0], texts: string[], threshold?: number) {
  const keys = openBandKeys({ threshold });
  const folder = join(temporaryFolder(t), "keys");
  const all = texts.map((text) => keys.keysOf([text]));
  const found = await findNearEarlier(all, texts.length, { folder, memoryBytes: 4096 });
  const near = texts.map((_, document) => found.at(document));
  return { near, documents: found.length, left: existsSync(folder) };
}

test("a document goes that is nearly one before it, and the first stays", async (t) => {
  const page = words("garden", 400);
  const other = words("ferry", 400);
  const { near, documents, left } = await nearOf(t, [
    page,
    other,
    `${page} today`,
    other.toUpperCase(),
    words("new", 400),
  ]);
  t.deepEqual(near, [false, false, true, true, false]);
  t.is(documents, 5);
  t.false(left);
});

test("of documents that are half the same, all stay", async (t) => {
  const half = words("shared", 200);
  const texts = Array.from({ length: 50 }, (_, i) => `${half} ${words(`own${i}-`, 200)}`);
  const { near } = await nearOf(t, texts);
  t.deepEqual(
    near,
    texts.map(() => false),
  );
});

test("of a chain of documents, each near the next, the first stays, though it is not near the last", async (t) => {
  // 2 of 400 words move on a step: a similarity of 394 / 400 of neighbours.
  const all = words("w", 1200).split(" ");
  const texts = Array.from({ length: 400 }, (_, step) => all.slice(2 * step, 2 * step + 400).join(" "));
  const { near } = await nearOf(t, texts);
  t.deepEqual(
    near,
    texts.map((_, step) => step > 0),
  );
});

test("documents without a word are the same", async (t) => {
  t.deepEqual((await nearOf(t, ["…", "", "a word"])).near, [false, true, false]);
});

test("the share of pairs that meet is what the formula says", (t) => {
  const keys = openBandKeys();
  const next = randomNumbers(7);
  // 400 shingles of which a page and its copy have 356 in common: 356 / 444 = 0.802.
  const trials = 300;
  let met = 0;
  for (let trial = 0; trial < trials; trial++) {
    const word = () => `w${Math.floor(next() * 2 ** 32)}`;
    const page = Array.from({ length: 404 }, word);
    const copy = [...page.slice(0, 360), ...Array.from({ length: 44 }, word)];
    const [one, other] = [page, copy].map((words) => new Set(keys.keysOf([words.join(" ")])));
    if ([...one].some((key) => other.has(key))) met++;
  }
  const chance = chanceToMeet(356 / 444, chooseBands(0.8, PERMUTATIONS));
  const bound = 4 * Math.sqrt((chance * (1 - chance)) / trials);
  t.true(Math.abs(met / trials - chance) < bound, `${met / trials} for ${chance}`);
});
