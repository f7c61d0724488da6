import type { CommandEntry } from "./add-commands.js";

/** The commands, in the order in which help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "mine",
    summary: "two texts in, scored translation pairs out",
    load: () => import("./commands/mine.js"),
  },
  {
    name: "select",
    summary: "pairs from a run folder, at another threshold, margin or retrieval",
    load: () => import("./commands/select.js"),
  },
  {
    name: "extract",
    summary: "web dumps in, clean sentences by language out",
    load: () => import("./commands/extract.js"),
  },
  {
    name: "criss",
    summary: "mines, learns from what it mined, and mines again",
    load: () => import("./commands/criss.js"),
  },
  {
    name: "score",
    summary: "a bitext in, the same with a score for each pair out",
    load: () => import("./commands/score.js"),
  },
  {
    name: "convert",
    summary: "a bitext from one format into another",
    load: () => import("./commands/convert.js"),
  },
  {
    name: "embed",
    summary: "text in, vectors out",
    load: () => import("./commands/embed.js"),
  },
  {
    name: "search",
    summary: "vectors in, a shard of their neighbours out",
    load: () => import("./commands/search.js"),
  },
  {
    name: "merge",
    summary: "the shards of a search in, a run folder out",
    load: () => import("./commands/merge.js"),
  },
  {
    name: "distil",
    summary: "an encoder in, a static one out",
    load: () => import("./commands/distil.js"),
  },
  {
    name: "train",
    summary: "Trains an encoder on translation pairs.",
    load: () => import("./commands/train.js"),
  },
  {
    name: "encoders",
    summary: "Lists, fetches and removes encoders of the hub, and tells what an encoder is.",
    load: () => import("./commands/encoders.js"),
  },
  {
    name: "filter",
    summary: "keep the pairs of a bitext that every rule keeps",
    load: () => import("./commands/filter.js"),
  },
  {
    name: "dedup",
    summary: "keep the first of pairs that stand several times in a bitext",
    load: () => import("./commands/dedup.js"),
  },
  {
    name: "split",
    summary: "train, dev and test that share no sentence",
    load: () => import("./commands/split.js"),
  },
  {
    name: "evaluate",
    summary: "Tells how good an encoder, a mined bitext or a search is.",
    load: () => import("./commands/evaluate.js"),
  },
];
