import type { CommandEntry } from "./add-commands.js";

/** The commands, in the order in which help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "mine",
    summary: "mine translation pairs from two texts",
    load: () => import("./commands/mine.js"),
  },
  {
    name: "select",
    summary: "choose pairs again from a run folder, by another threshold, margin or retrieval",
    load: () => import("./commands/select.js"),
  },
  {
    name: "report",
    summary: "show what was mined, scored or filtered on a page, to see where to cut",
    load: () => import("./commands/report.js"),
  },
  {
    name: "extract",
    summary: "take clean sentences, by language, out of web dumps",
    load: () => import("./commands/extract.js"),
  },
  {
    name: "align",
    summary: "align the sentences of two texts that translate each other, in order",
    load: () => import("./commands/align.js"),
  },
  {
    name: "criss",
    summary: "mine, train an encoder on what was mined, and mine again",
    load: () => import("./commands/criss.js"),
  },
  {
    name: "score",
    summary: "add a score to every pair of a bitext",
    load: () => import("./commands/score.js"),
  },
  {
    name: "convert",
    summary: "convert a bitext into another format",
    load: () => import("./commands/convert.js"),
  },
  {
    name: "embed",
    summary: "embed a text into a file of vectors",
    load: () => import("./commands/embed.js"),
  },
  {
    name: "centroids",
    summary: "cluster two sides' vectors once, for all tiles of a search",
    load: () => import("./commands/centroids.js"),
  },
  {
    name: "search",
    summary: "search one tile of two sides' vectors, on one machine of a cluster",
    load: () => import("./commands/search.js"),
  },
  {
    name: "merge",
    summary: "merge searched tiles into a run folder",
    load: () => import("./commands/merge.js"),
  },
  {
    name: "verify",
    summary: "check whether what was written is still as it was written",
    load: () => import("./commands/verify.js"),
  },
  {
    name: "distil",
    summary: "make a static encoder of another encoder",
    load: () => import("./commands/distil.js"),
  },
  {
    name: "train",
    summary: "train an encoder on translation pairs",
    load: () => import("./commands/train.js"),
  },
  {
    name: "encoders",
    summary: "list, fetch, show and remove encoders of the hub",
    load: () => import("./commands/encoders.js"),
  },
  {
    name: "filter",
    summary: "keep the pairs of a bitext that pass every rule",
    load: () => import("./commands/filter.js"),
  },
  {
    name: "dedup",
    summary: "keep the first of equal pairs of a bitext",
    load: () => import("./commands/dedup.js"),
  },
  {
    name: "split",
    summary: "split a bitext into train, dev and test without shared sentences",
    load: () => import("./commands/split.js"),
  },
  {
    name: "evaluate",
    summary: "measure an encoder, a mined bitext or a search",
    load: () => import("./commands/evaluate.js"),
  },
];
