import { CANDIDATE_FILES } from "../../store/corpus/candidate-files.js";
import { GROUP_FILES } from "../../store/corpus/group-files.js";
import type { StageOutline } from "../../store/run/outline.js";
import type { SideName } from "../../types/texts.js";
import { vectorsOutline } from "../texts/side-outlines.js";
import type { Engine } from "./indexes/choose-engine.js";

const VECTORS = [vectorsOutline("source"), vectorsOutline("target")];

/** How the files of a graph end; the first holds the graph itself. */
export const GRAPH_ENDINGS = {
  hnsw: ["hnsw"],
  usearch: ["usearch", "usearch.json"],
} as const satisfies Partial<Record<Engine["index"], readonly string[]>>;

/** The graph over a side, whichever library built it. */
export function graphOutline(side: SideName): StageOutline {
  const files = Object.values(GRAPH_ENDINGS).flatMap((endings) =>
    endings.map((ending) => `${side}.${ending}`),
  );
  return { name: `${side} index`, files, from: [vectorsOutline(side)] };
}

const GRAPHS = [graphOutline("source"), graphOutline("target")];

/** The means of source and target in the first two rows, then a row a list. */
export const CENTROIDS: StageOutline = { name: "centroids", files: ["centroids.npy"], from: VECTORS };

/** What a run keeps of each index. */
const INDEXES: Readonly<Record<Engine["index"], readonly StageOutline[]>> = {
  exact: [],
  ivf: [CENTROIDS],
  hnsw: GRAPHS,
  usearch: GRAPHS,
};

/** Each sentence's neighbours; once they are there, nobody needs what they are made from to choose pairs. */
export const CANDIDATES: StageOutline = {
  name: "candidates",
  files: [...CANDIDATE_FILES, ...GROUP_FILES],
  from: [...VECTORS, ...new Set(Object.values(INDEXES).flat())],
};
