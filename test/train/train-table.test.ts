import { readFileSync } from "node:fs";
import test from "ava";
import { DivergenceError, OptionError } from "../../src/errors.js";
import { packBags } from "../../src/train/bags.js";
import { type BatchTexts, openContrastive } from "../../src/train/contrastive.js";
import { trainTable } from "../../src/train/train-table.js";
import type {
  Checkpoint,
  TrainingGroup,
  TrainTableOptions,
  ValidationEvent,
} from "../../src/train/training.js";
import { randomNumbers } from "../random.js";

const DIMENSIONS = 16;
const WORDS = 40;
const ROWS = 3 * WORDS;

/** Word for word: word w is row w in English, rows WORDS + w and 2 · WORDS + w in the two other languages. */
function planted(pairs: number): TrainingGroup[] {
  return ["de", "fr"].map((name, language) => {
    const next = randomNumbers(language + 10);
    const texts = Array.from({ length: pairs }, () =>
      Array.from({ length: 3 + Math.floor(next() * 5) }, () => Math.floor(next() * WORDS)),
    );
    const translate = (word: number) => WORDS * (language + 1) + word;
    return { name, source: packBags(texts.map((text) => text.map(translate))), target: packBags(texts) };
  });
}

function randomTable(): Float32Array {
  const next = randomNumbers(2);
  return Float32Array.from({ length: ROWS * DIMENSIONS }, () => (next() - 0.5) / 5);
}

const groups = planted(400);
const OPTIONS: TrainTableOptions = { steps: 60, batch: 64, validation: 50, validateEvery: 20, threads: 1 };

async function train(options: Partial<TrainTableOptions> = {}, table = randomTable()) {
  const result = await trainTable(table, DIMENSIONS, groups, { ...OPTIONS, ...options });
  return { table, ...result };
}

test("a table learns a planted vocabulary", async (t) => {
  const validations: ValidationEvent[] = [];
  const { accuracy, interrupted } = await train({ onValidation: (event) => validations.push(event) });
  t.deepEqual(
    validations.map(({ step }) => step),
    [0, 20, 40, 60],
  );
  t.true(validations[0].accuracy < 0.1);
  t.true(accuracy > 0.9);
  t.false(interrupted);
});

test("the same seed gives the same bytes, another seed others", async (t) => {
  const options = { pieceDropout: 0.2, linearMap: { learningRate: 1e-3 } };
  const first = await train(options);
  t.deepEqual(await train({ ...options, threads: 2 }), first);
  t.notDeepEqual((await train({ ...options, seed: 1 })).table, first.table);
});

test("training that goes on from a checkpoint ends as if it had never stopped", async (t) => {
  const hardNegatives = (_: number, pairs: Uint32Array) => pairs.slice(0, 5).map((pair) => (pair + 1) % 400);
  const options = { pieceDropout: 0.2, linearMap: { learningRate: 1e-3 }, hardNegatives };
  for (const validation of [50, 0]) {
    const checkpoints: Checkpoint[] = [];
    const onCheckpoint = (checkpoint: Checkpoint) => void checkpoints.push(structuredClone(checkpoint));
    const whole = await train({ ...options, validation, checkpointEvery: 10, onCheckpoint });
    t.deepEqual(
      checkpoints.map(({ step }) => step),
      [10, 20, 30, 40, 50, 60],
    );
    for (const resume of [checkpoints[1], checkpoints[2], checkpoints[5]]) {
      t.deepEqual(
        await train({ ...options, validation, resume }, new Float32Array(ROWS * DIMENSIONS)),
        whole,
      );
    }
  }
});

test("the signal ends training with the best table, and with a checkpoint to go on from", async (t) => {
  const whole = await train();
  const controller = new AbortController();
  const validations: ValidationEvent[] = [];
  let resume: Checkpoint | undefined;
  const interrupted = await train({
    signal: controller.signal,
    onStep: ({ step }) => step === 13 && controller.abort(),
    onValidation: (event) => validations.push(event),
    onCheckpoint: (checkpoint) => {
      t.is(checkpoint.kept.step, 0);
      resume = structuredClone(checkpoint);
    },
  });
  // What was trained since the last validation counts, too, if it is better.
  t.like(interrupted, { interrupted: true, steps: 13, step: 13 });
  t.is(resume?.step, 13);
  t.deepEqual(interrupted.table, resume?.table);
  t.is(interrupted.accuracy, validations.at(-1)!.accuracy);
  t.deepEqual(await train({ resume }), whole);
});

test("without validation the signal leaves the table as it is", async (t) => {
  const controller = new AbortController();
  const onStep = ({ step }: { step: number }) => step === 7 && controller.abort();
  const ended = await train({ validation: 0, signal: controller.signal, onStep });
  t.like(ended, { interrupted: true, steps: 7, step: 7, accuracy: Number.NaN });
});

test("a loss that is no number ends training with the last good table", async (t) => {
  const before = randomTable();
  for (const validation of [50, 0]) {
    const table = randomTable();
    const error = await t.throwsAsync(train({ learningRate: 1e30, validation }, table), {
      instanceOf: DivergenceError,
    });
    t.regex(
      error.message,
      /^Step 2, a batch of \w\w: .* given back as it was after step 0\. Lower learningRate \(1e\+30\)\.$/,
    );
    t.like(error.lastGood, { step: 0, steps: 1 });
    t.is(Number.isNaN(error.lastGood.accuracy), validation === 0);
    t.deepEqual(table, before);
  }
});

test("a table that the last step spoils is not given back", async (t) => {
  const before = randomTable();
  for (const validation of [50, 0]) {
    const table = randomTable();
    // Beyond float32: the step's own loss was still a number.
    const error = await t.throwsAsync(train({ learningRate: 1e39, steps: 1, validation }, table), {
      instanceOf: DivergenceError,
    });
    t.regex(error.message, /^After step 1: expected finite numbers in the table/);
    t.deepEqual(table, before);
  }
});

test("training stops when patience is over, with the best table", async (t) => {
  const steps: number[] = [];
  const { step, steps: done } = await train({
    learningRate: 0,
    validateEvery: 5,
    patience: 3,
    onValidation: (event) => steps.push(event.step),
  });
  t.deepEqual(steps, [0, 5, 10, 15]);
  t.is(done, 15);
  t.is(step, 0);
});

test("held-out pairs are never trained on, even as negatives", async (t) => {
  // A word of its own in each held-out pair's texts: only training on that pair could move its row.
  const count = 100;
  const own = packBags(Array.from({ length: count }, (_, i) => [i]));
  const table = Float32Array.from({ length: count * 4 }, (_, i) => Math.sin(i));
  const before = table.slice();
  const everyPair = Array.from({ length: count }, (_, i) => i);
  await trainTable(table, 4, [{ name: "x", source: own, target: own }], {
    steps: 40,
    batch: 8,
    validation: 20,
    validateEvery: 1000,
    hardNegatives: () => everyPair,
    onCheckpoint: ({ table: trained }) => {
      const moved = everyPair.filter((row) =>
        [0, 1, 2, 3].some((i) => trained[row * 4 + i] !== before[row * 4 + i]),
      );
      t.is(moved.length, 80);
    },
    checkpointEvery: 40,
  });
  t.plan(1);
});

test("a hard negative must be a pair of its group", async (t) => {
  for (const pair of [400, -1, Number.NaN]) {
    const error = await t.throwsAsync(train({ hardNegatives: () => [pair] }), { instanceOf: OptionError });
    t.regex(error.message, new RegExp(`^(de|fr): the hard negative ${pair} is not one of its pairs`));
  }
});

test("hard negatives are pushed away from the batch's sources", async (t) => {
  // Two pairs; target 2 is no translation in any batch of pair 0, and only a negative can move it.
  const source = packBags([[0], [1]]);
  const target = packBags([[2], [3]]);
  const group = { name: "x", source, target };
  const table = Float32Array.of(1, 0.1, 0.9, -0.1, 1, 0, 1, -0.2);
  const cosine = () =>
    (table[0] * table[6] + table[1] * table[7]) /
    Math.hypot(table[0], table[1]) /
    Math.hypot(table[6], table[7]);
  const before = cosine();
  const options = { steps: 5, batch: 1, validation: 0, threads: 1, learningRate: 0.02 };
  await trainTable(table, 2, [group], { ...options, hardNegatives: (_, [pair]) => [1 - pair] });
  t.true(cosine() < before);
});

test("a map alone learns which directions to trust, and is folded into the table", async (t) => {
  // Half of a row is its word's, the same in every language; the other half, twice as long, is noise of its own.
  const next = randomNumbers(4);
  const noise = Float32Array.from({ length: ROWS * DIMENSIONS }, () => next() - 0.5);
  const table = noise.map((value, i) => {
    const [row, column] = [Math.floor(i / DIMENSIONS), i % DIMENSIONS];
    return column < DIMENSIONS / 2 ? noise[(row % WORDS) * DIMENSIONS + column] : 2 * value;
  });
  const before = table.slice();
  const accuracies: number[] = [];
  const { accuracy } = await train(
    {
      steps: 100,
      learningRate: 0,
      linearMap: { learningRate: 0.03 },
      onValidation: (event) => accuracies.push(event.accuracy),
    },
    table,
  );
  t.true(accuracies[0] < 0.2);
  t.true(accuracy > 0.8);
  const folded = await train({ steps: 0 }, table);
  t.is(folded.accuracy, accuracy);
  t.notDeepEqual(table, before);
});

test("steps tell their loss, which falls", async (t) => {
  const losses: number[] = [];
  await train({
    onStep: ({ step, steps, loss, pairsPerSecond }) => {
      losses.push(loss);
      t.is(step, losses.length);
      t.is(steps, 60);
      t.true(pairsPerSecond > 0);
    },
  });
  t.is(losses.length, 60);
  t.true(losses[59] < losses[0] / 4);
});

test("what cannot be trained is refused before anything changes", async (t) => {
  const table = randomTable();
  const refuse = async (message: RegExp, options: Partial<TrainTableOptions>, with_ = groups) => {
    await t.throwsAsync(trainTable(table, DIMENSIONS, with_, { ...OPTIONS, ...options }), {
      instanceOf: OptionError,
      message,
    });
  };
  const bags = packBags([[0], [ROWS]]);
  await refuse(/x: has a piece 120, but the table has 120 rows/, {}, [
    { name: "x", source: bags, target: bags },
  ]);
  await refuse(/x: 2 sources cannot be paired with 1 targets/, {}, [
    { name: "x", source: bags, target: packBags([[0]]) },
  ]);
  await refuse(/no pair/, {}, []);
  await refuse(/batch is 0; expected/, { batch: 0 });
  await refuse(/pieceDropout is 1; expected/, { pieceDropout: 1 });
  await refuse(/hideKnown is 2; expected a share/, { hideKnown: { share: 2, similarity: 0.6 } });
  await refuse(/knownSimilarity is 3; expected a cosine/, { hideKnown: { share: 1, similarity: 3 } });
  await refuse(/steps is 1\.5; expected/, { steps: 1.5 });
  await refuse(/scale is 0; expected a number above 0/, { scale: 0 });
  await refuse(/validation is 5000; expected a whole number from 0 to 4096/, { validation: 5000 });
  t.deepEqual(table, randomTable());
});

test("pairs that share a name teach their other words once what is known of them is hidden", async (t) => {
  const [words, pairs, dimensions] = [8, 64, 32];
  const next = randomNumbers(1);
  // Each pair has a name of its own, three times on both sides, and three words with their translations.
  const texts = Array.from({ length: pairs }, (_, pair) => {
    const spoken = Array.from({ length: 3 }, () => Math.floor(next() * words));
    const names = new Array<number>(3).fill(2 * words + pair);
    return {
      source: [...names, ...spoken],
      target: [...names, ...spoken.map((word) => words + word)],
    };
  });
  const group = {
    name: "bam",
    source: packBags(texts.map(({ source }) => source)),
    target: packBags(texts.map(({ target }) => target)),
  };
  const cosines = async (hideKnown?: TrainTableOptions["hideKnown"]) => {
    const value = randomNumbers(2);
    const table = Float32Array.from({ length: (2 * words + pairs) * dimensions }, () => value() - 0.5);
    const options = { steps: 60, batch: 32, learningRate: 0.03, scale: 10, validation: 0, threads: 1 };
    await trainTable(table, dimensions, [group], { ...options, hideKnown });
    const row = (word: number) => table.subarray(word * dimensions, (word + 1) * dimensions);
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);
    return Array.from({ length: words }, (_, word) => {
      const [a, b] = [row(word), row(words + word)];
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    });
  };
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  t.true(Math.min(...(await cosines({ share: 0.8, similarity: 0.6 }))) > 0.7);
  t.true(mean(await cosines()) < 0.5);
});

type Matrix = number[][];

interface Case {
  margin: number;
  source: Matrix;
  target: Matrix;
  sourceIds: number[];
  targetIds: number[];
  negatives?: Matrix;
  negativeIds?: number[];
}

interface ReferenceCase extends Case {
  loss: number;
  sourceGradient: Matrix;
  targetGradient: Matrix;
  negativesGradient?: Matrix;
}

const SCALE = 20;

/** The loss from its formula, in float64: mean of both directions' −log softmax of the true pair. */
function lossOf({ margin, source, target, sourceIds, targetIds, negatives = [], negativeIds = [] }: Case) {
  const pairs = source.length;
  const logit = (x: number[], y: number[], m: number) => SCALE * (cosine(x, y) - m);
  let sum = 0;
  for (let i = 0; i < pairs; i++) {
    const right = logit(source[i], target[i], margin);
    const forward = [right];
    const backward = [right];
    for (let j = 0; j < pairs; j++) {
      if (targetIds[j] !== targetIds[i]) forward.push(logit(source[i], target[j], 0));
      if (sourceIds[j] !== sourceIds[i]) backward.push(logit(source[j], target[i], 0));
    }
    for (const [h, negative] of negatives.entries()) {
      if (negativeIds[h] !== targetIds[i]) forward.push(logit(source[i], negative, 0));
    }
    sum += logSumExp(forward) - right + logSumExp(backward) - right;
  }
  return sum / (2 * pairs);
}

function cosine(x: number[], y: number[]): number {
  const lengths = Math.hypot(...x) * Math.hypot(...y);
  return lengths === 0 ? 0 : x.reduce((sum, value, i) => sum + value * y[i], 0) / lengths;
}

function logSumExp(values: number[]): number {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

/** Central differences of the formula by every number of `matrix`, which is part of `batch`. */
function differences(batch: Case, matrix: Matrix): number[] {
  const h = 1e-5;
  return matrix.flatMap((row) =>
    row.map((value, i) => {
      row[i] = value + h;
      const above = lossOf(batch);
      row[i] = value - h;
      const below = lossOf(batch);
      row[i] = value;
      return (above - below) / (2 * h);
    }),
  );
}

async function step(batch: Case, scale = SCALE) {
  const { source, target, margin, negatives, negativeIds } = batch;
  await using contrastive = await openContrastive({
    dimensions: source[0].length,
    scale,
    margin,
    threads: 1,
  });
  const texts: BatchTexts = {
    sourceIds: Int32Array.from(batch.sourceIds),
    targetIds: Int32Array.from(batch.targetIds),
    negatives: negatives && { sums: flat(negatives), ids: Int32Array.from(negativeIds ?? []) },
  };
  return await contrastive.step(flat(source), flat(target), texts);
}

const flat = (matrix: Matrix) => Float32Array.from(matrix.flat());

function near(actual: Float32Array | undefined, expected: readonly number[], tolerance: number): boolean {
  return actual?.length === expected.length && expected.every((x, i) => Math.abs(actual[i] - x) <= tolerance);
}

function randomBatch(): Case {
  const next = randomNumbers(5);
  const matrix = (rows: number) =>
    Array.from({ length: rows }, () => Array.from({ length: 4 }, () => next() * 2 - 1));
  return {
    margin: 0.15,
    source: matrix(7),
    target: matrix(7),
    sourceIds: [0, 1, 2, 2, 4, 5, 6],
    targetIds: [0, 1, 2, 3, 4, 1, 6],
    negatives: matrix(4),
    negativeIds: [30, 4, 31, 32],
  };
}

test("gradients are the slopes of the loss", async (t) => {
  const batch = randomBatch();
  const found = await step(batch);
  t.true(Math.abs(found.loss - lossOf(batch)) < 1e-5);
  t.true(near(found.sourceGradient, differences(batch, batch.source), 2e-6));
  t.true(near(found.targetGradient, differences(batch, batch.target), 2e-6));
  t.true(near(found.negativesGradient, differences(batch, batch.negatives ?? []), 2e-6));
});

test("loss and gradients are those of PyTorch", async (t) => {
  const json = readFileSync("test/train/contrastive.json", "utf8");
  const { cases }: { cases: ReferenceCase[] } = JSON.parse(json);
  t.is(cases.length, 4);
  for (const expected of cases) {
    const found = await step(expected);
    t.true(Math.abs(found.loss - expected.loss) < 1e-5);
    t.true(near(found.sourceGradient, expected.sourceGradient.flat(), 2e-6));
    t.true(near(found.targetGradient, expected.targetGradient.flat(), 2e-6));
    if (expected.negativesGradient) {
      t.true(near(found.negativesGradient, expected.negativesGradient.flat(), 2e-6));
    } else t.is(found.negativesGradient, undefined);
  }
});

test("a sum of zero has no gradient and leaves the others a number", async (t) => {
  const batch = randomBatch();
  batch.source[1].fill(0);
  batch.target[1].fill(0);
  batch.target[3].fill(0);
  const found = await step(batch);
  t.true(Math.abs(found.loss - lossOf(batch)) < 1e-5);
  t.true(found.sourceGradient.subarray(4, 8).every((value) => value === 0));
  t.true(found.targetGradient.subarray(12, 16).every((value) => value === 0));
  for (const gradient of [found.sourceGradient, found.targetGradient])
    t.true(gradient.every(Number.isFinite));
});

test("without numbers all texts are different", async (t) => {
  const { source, target } = randomBatch();
  await using contrastive = await openContrastive({ dimensions: 4, threads: 1 });
  const ids = [0, 1, 2, 3, 4, 5, 6];
  const { loss } = await contrastive.step(flat(source), flat(target));
  t.true(Math.abs(loss - lossOf({ margin: 0, source, target, sourceIds: ids, targetIds: ids })) < 1e-5);
});

test("a high scale does not overflow", async (t) => {
  // Every wrong answer is better by 2 in cosine: the loss is 2 · s + log 1 with one wrong answer each.
  const batch = { margin: 0, source: [[1], [-1]], target: [[-1], [1]], sourceIds: [0, 1], targetIds: [0, 1] };
  const { loss, sourceGradient } = await step(batch, 500);
  t.is(loss, 1000);
  t.true(sourceGradient.every(Number.isFinite));
});

test("a sum that is not a number makes a loss that is none", async (t) => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e30]) {
    const batch = randomBatch();
    batch.source[2][0] = value;
    const { loss } = await step(batch);
    t.false(Number.isFinite(loss));
  }
});

test("any number of threads gives the same bits", async (t) => {
  const next = randomNumbers(9);
  const sums = () => Float32Array.from({ length: 300 * 48 }, () => next() - 0.5);
  const [source, target] = [sums(), sums()];
  const results = [];
  for (const threads of [1, 2]) {
    await using contrastive = await openContrastive({ dimensions: 48, threads });
    results.push(await contrastive.step(source, target));
  }
  t.deepEqual(results[0], results[1]);
});
