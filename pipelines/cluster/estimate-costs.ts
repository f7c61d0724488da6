import * as rates from "./rates.js";

/** What is mined of one pair of languages, and how it is cut. */
export interface Plan {
  /** Of each side. */
  sentences: number;
  dimensions: number;
  encoder: rates.Encoder;
  index: rates.Index;
  /** Sentences of a shard, and of a part. */
  shard: number;
}

/** What all jobs of a step take. */
export interface StepCost {
  step: string;
  jobs: number;
  coreSeconds: number;
  /** The most that one of its jobs holds. */
  memoryBytes: number;
  /** What it leaves. */
  diskBytes: number;
  /** What its jobs read, over the network where the disk is elsewhere. */
  readBytes: number;
}

/** Bytes of WET files that one job extracts. */
const DUMP = 10e9;
/** What finding duplicates may hold, unless --memory says another size. */
const SPILL = 2 ** 30;
/** As src/steps/neighbours/indexes/ivf-effort.ts and src/search/ivf/centroids.ts have them. */
const [PROBES, MOST_LISTS, SAMPLED_ROWS, ROUNDS] = [50, 65_535, 32, 6];
/** A row of a tile: its number, and its twelve nearest by 8 bits with two scores each. */
const TILE_ROW = 4 + 12 * 12;

/** What the steps of the workflow take, in their order. */
export function estimateCosts(plan: Plan): StepCost[] {
  const { sentences, dimensions, index } = plan;
  const shards = Math.ceil(sentences / plan.shard);
  const rows = 2 * sentences;
  const wet = rows * rates.WET;
  const texts = rows * rates.TEXT;
  const vectors = rows * dimensions * 4;
  const lists = Math.min(MOST_LISTS, Math.ceil(4 * Math.sqrt(sentences)));
  const sample = Math.min(lists * SAMPLED_ROWS, rows);
  const tiles = shards * rows * TILE_ROW;
  // A row of tiles has each of its sources once, and every target.
  const merged = (sentences + shards * sentences) * TILE_ROW;
  const candidates = sentences * rates.CANDIDATES;
  const run = candidates * rates.CANDIDATE + rows * rates.RUN_TEXT;
  const scaled = (products: number) => (products * dimensions) / 384 / rates.MULTIPLIED[index];
  const products =
    index === "exact" ? sentences ** 2 : rates.TILED * rows * (lists + (PROBES * sentences) / lists);
  const held = (step: keyof typeof rates.HELD, bytes = 0) => rates.HELD[step] + bytes;
  const bySentence = (step: keyof typeof rates.HELD_BY_SENTENCE) => rates.HELD_BY_SENTENCE[step] * sentences;
  const steps: Record<string, Omit<StepCost, "step">> = {
    extract: {
      jobs: Math.ceil(wet / DUMP),
      coreSeconds: wet / rates.EXTRACTED,
      memoryBytes: held("extract"),
      diskBytes: rows * rates.DRAFT + texts,
      readBytes: wet,
    },
    deduplicate: {
      jobs: 1,
      coreSeconds: rows / rates.JOINED,
      memoryBytes: held("extract", SPILL),
      diskBytes: texts,
      readBytes: rows * rates.DRAFT,
    },
    embed: {
      jobs: 2 * shards,
      coreSeconds: rows / rates.EMBEDDED[plan.encoder] + (2 * shards * sentences) / rates.NOTED,
      memoryBytes: held(plan.encoder, bySentence("embed")),
      diskBytes: vectors,
      // Where a part is cut depends on all lines.
      readBytes: shards * texts,
    },
    ...(index === "ivf" && {
      centroids: {
        jobs: 1,
        coreSeconds: scaled(sample * lists * ROUNDS),
        memoryBytes: held("search", sample * dimensions * 4 + bySentence("search")),
        diskBytes: lists * dimensions * 4,
        readBytes: vectors,
      },
    }),
    search: {
      jobs: shards ** 2,
      coreSeconds: scaled(products),
      memoryBytes: held("search", 2 * plan.shard * dimensions * (4 + 1) + bySentence("search")),
      diskBytes: tiles + (index === "ivf" ? rows * PROBES * 2 : 0),
      readBytes: shards * vectors,
    },
    "merge rows": {
      jobs: shards,
      coreSeconds: tiles / TILE_ROW / rates.MERGED,
      memoryBytes: held("row"),
      diskBytes: merged,
      readBytes: 2 * tiles,
    },
    merge: {
      jobs: 1,
      coreSeconds: merged / TILE_ROW / rates.MERGED,
      memoryBytes: held("merge", rates.SORTED),
      diskBytes: run,
      readBytes: 2 * merged + texts,
    },
    select: {
      jobs: 1,
      coreSeconds: candidates / rates.CHOSEN,
      memoryBytes: held("select", rates.SORTED + bySentence("select")),
      diskBytes: sentences * rates.PAIR,
      readBytes: run,
    },
  };
  return Object.entries(steps).map(([step, cost]) => ({ step, ...cost }));
}
