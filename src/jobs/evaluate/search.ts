import { memoryUsage } from "node:process";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError, OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import { rescore } from "../../search/rescore.js";
import { dropZeroRows, type NonZeroRows } from "../../search/zero-rows.js";
import { checkIndexOptions } from "../../steps/neighbours/indexes/check-index.js";
import { chooseEngine } from "../../steps/neighbours/indexes/choose-engine.js";
import type { IndexName, IndexOptions } from "../../steps/neighbours/indexes/index-options.js";
import { INDEX_OPTIONS } from "../../steps/neighbours/indexes/index-options.js";
import { openIndex } from "../../steps/neighbours/indexes/indexes.js";
import { DEFAULT_K } from "../../steps/neighbours/k.js";
import { openVectors } from "../../store/arrays/vectors-file.js";
import { makeAnew } from "../../store/run/stage.js";
import type { Neighbours } from "../../types/neighbours.js";
import type { Vectors } from "../../types/vectors.js";
import type { Report } from "./report.js";

/** The index that is measured. */
export interface SearchEvaluationOptions extends IndexOptions, JobListeners {
  /** The index; exact search is what it is measured by. @default "hnsw" */
  index?: IndexName;
  /** @default 4 */
  k?: number;
  /** Rows of the first file that are looked up, drawn evenly. @default 10,000 */
  queries?: number;
}

/** The names of `SearchEvaluationOptions`. */
export const SEARCH_EVALUATION_OPTIONS: OptionNames<SearchEvaluationOptions> = {
  ...INDEX_OPTIONS,
  k: true,
  queries: true,
  signal: true,
  onEvent: true,
};

/** How many of the true neighbours an index finds on two files of vectors, with time and memory of both. */
export async function evaluateSearch(
  source: string,
  target: string,
  options: SearchEvaluationOptions = {},
): Promise<Report> {
  refuseUnknown("evaluateSearch", options, SEARCH_EVALUATION_OPTIONS);
  const { index = "hnsw", k = DEFAULT_K, queries = 10_000, signal, onEvent = () => {} } = options;
  checkIndexOptions({ ...options, index });
  const [asked, base] = [load(source, queries), load(target)];
  if (asked.space !== base.space)
    throw new OptionError(
      `${source} has vectors of ${asked.space}, but ${target} of ${base.space}; expected vectors of one encoder.`,
    );
  const vectors = { source: asked.rows, target: base.rows };
  const size = {
    source: vectors.source.vectors.rows,
    target: vectors.target.vectors.rows,
    dimensions: vectors.target.vectors.dimensions,
  };

  const run = async (asked: IndexOptions) => {
    const context = { keep: makeAnew, vectorsKey: {}, signal, onEvent };
    const opened = openIndex(chooseEngine(asked, size), asked, context);
    const before = memoryUsage.rss();
    const start = performance.now();
    const { forward } = await opened.search(vectors, k + opened.extra);
    const seconds = (performance.now() - start) / 1000;
    const mebibytes = Math.max(0, memoryUsage.rss() - before) / 2 ** 20;
    return {
      found: rescore(forward, vectors.source.vectors, vectors.target.vectors, { k }),
      seconds,
      mebibytes,
    };
  };
  const exact = await run({ threads: options.threads, index: "exact" });
  const other = await run({ ...options, index });
  const row = (name: string, { found, seconds, mebibytes }: typeof exact) => ({
    name,
    figures: {
      [`recall@${k}`]: { value: recall(found, exact.found) },
      "seconds, both ways": { value: seconds },
      MiB: { value: mebibytes },
    },
  });
  return {
    columns: [`recall@${k}`, "seconds, both ways", "MiB"],
    rows: [row("exact", exact), row(index, other)],
    conditions: {
      metric: "search",
      encoder: base.space,
      k,
      queries: vectors.source.vectors.rows,
      rows: vectors.target.vectors.rows,
    },
  };
}

function load(path: string, most = Number.POSITIVE_INFINITY): { rows: NonZeroRows; space: string } {
  using file = openVectors(path);
  const { rows, dimensions, space } = file.info;
  if (rows === 0) throw new InputError({ path }, "has no vectors; expected some.");
  const count = Math.min(most, rows);
  const data = new Float32Array(count * dimensions);
  if (count === rows) data.set(file.read(0, rows));
  else {
    for (let i = 0; i < count; i++) {
      const row = Math.floor((i * rows) / count);
      data.set(file.read(row, row + 1), i * dimensions);
    }
  }
  const vectors: Vectors = { rows: count, dimensions, data };
  return { rows: dropZeroRows(vectors), space };
}

function recall(found: Neighbours, truth: Neighbours): number {
  const { k } = truth;
  let hits = 0;
  for (let row = 0; row < truth.rows; row++) {
    const list = found.indices.subarray(row * k, (row + 1) * k);
    for (const index of truth.indices.subarray(row * k, (row + 1) * k)) if (list.includes(index)) hits++;
  }
  return hits / truth.indices.length;
}
