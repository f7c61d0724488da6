import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Alignment } from "../../../align/aligner.js";
import { linesOf, ResumedLines } from "../../../store/files/resumed-lines.js";
import type { Stage } from "../../../store/run/stage.js";
import type { PairAlignment } from "./align-pair.js";
import { type AlignPairsOptions, alignPairs } from "./align-pairs.js";
import type { EmbeddedPages } from "./embedded-pages.js";
import type { FoundPair } from "./find-pairs.js";
import { ALIGNMENTS } from "./outlines.js";

/** The alignment of each pair of pages, in their order. */
export type KeptAlignments = () => AsyncIterable<PairAlignment>;

type MadeAlignments = KeptAlignments & {
  /** Gives the alignments their name in a run folder. */
  finish(path: string): Promise<void>;
};

/** Aligns the sentences of all pairs of pages; those that an interrupted run has aligned are kept. */
export function alignmentsStage(
  pairs: readonly FoundPair[],
  embedded: EmbeddedPages,
  options: AlignPairsOptions,
): Stage<KeptAlignments, MadeAlignments> {
  const pathIn = (folder: string) => join(folder, ALIGNMENTS.files[0]);
  return {
    ...ALIGNMENTS,
    key: { ...embedded.key, pairs: describePairs(pairs), maxSentences: options.maxSentences },
    make: async (unfinished) => {
      const lines = await ResumedLines.open(unfinished!);
      try {
        for await (const one of alignPairs(pairs, embedded, { ...options, first: lines.length }))
          await lines.append(formatAlignment(one));
        const none = async function* () {};
        return Object.assign(none, { finish: (path: string) => lines.finish(path) });
      } catch (error) {
        await lines.close();
        throw error;
      }
    },
    save: ({ finish }, folder) => finish(pathIn(folder)),
    load: async (folder) =>
      async function* () {
        for await (const line of linesOf(pathIn(folder))) yield parseAlignment(line);
      },
  };
}

/** The pairs in a form that stays short in messages. */
function describePairs(pairs: readonly FoundPair[]): string {
  const hash = createHash("sha256");
  for (const { source, target } of pairs) hash.update(`${source} ${target}\n`);
  return `${pairs.length}, ${hash.digest("hex")}`;
}

function formatAlignment({ order, alignments }: PairAlignment): string {
  const rows = alignments.map(({ source, target, cost, cosine }) => [
    source.first,
    source.end,
    target.first,
    target.end,
    cost,
    Number.isNaN(cosine) ? null : cosine,
  ]);
  return JSON.stringify({ order, alignments: rows });
}

type Row = [number, number, number, number, cost: number, cosine: number | null];

function parseAlignment(line: string): PairAlignment {
  const { order, alignments } = JSON.parse(line) as { order: number[]; alignments: Row[] };
  return {
    order,
    alignments: alignments.map(
      ([first, end, targetFirst, targetEnd, cost, cosine]): Alignment => ({
        source: { first, end },
        target: { first: targetFirst, end: targetEnd },
        cost,
        cosine: cosine ?? Number.NaN,
      }),
    ),
  };
}
