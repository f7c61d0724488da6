import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeTextDump } from "../../dump.js";
import { linesOf, makeCorpus, tsvOf } from "./corpus.js";

/** A job whose runs are disturbed. */
export interface Job {
  name: string;
  /** Its command lines, in turn, which read from `in` and write to `out` in the folder that they are run in. */
  commands: readonly (readonly string[])[];
  /** Command lines that make what it reads. */
  before?: readonly (readonly string[])[];
}

const STATIC = "in/static";
const NGRAM = ["--encoder", "ngram", "--dimensions", "64", "--threads", "1"];
const mine = (index: string) => [
  ...["mine", "in/a.de", "in/a.en", "--run", "out/run", "-o", "out/pairs.tsv"],
  ...["--index", index, ...NGRAM],
];
const searched = (number: number) => [
  ...["search", "in/a.de.npy", "in/a.en.npy", "--source-shard", `${number}/2`, "-o", `out/part-${number}`],
];

/** Every job that leaves something behind. */
export const JOBS: readonly Job[] = [
  { name: "mine", commands: [mine("exact")] },
  { name: "mine, ivf", commands: [mine("ivf")] },
  { name: "mine, hnsw", commands: [mine("hnsw")] },
  {
    name: "select",
    before: [["mine", "in/a.de", "in/a.en", "--run", "in/run", "-o", "in/pairs.tsv", ...NGRAM]],
    commands: [["select", "in/run", "--margin", "distance", "-o", "out/chosen.jsonl.gz"]],
  },
  {
    name: "score",
    commands: [["score", "in/a.tsv", "--run", "out/run", "-o", "out/scored.tsv", ...NGRAM]],
  },
  {
    name: "filter",
    commands: [["filter", "in/large.tsv", "-o", "out/kept.tsv.zst", "--rejected", "out/rejected.tsv"]],
  },
  { name: "dedup", commands: [["dedup", "in/large.tsv", "-o", "out/distinct.tsv", "--memory", "1M"]] },
  { name: "split", commands: [["split", "in/large.tsv", "-o", "out", "--test", "100", "--dev", "100"]] },
  {
    name: "convert",
    commands: [["convert", "in/large.tsv", "--languages", "de,en", "-o", "out/large.tmx"]],
  },
  {
    name: "extract",
    commands: [
      ["extract", "in/dumps", "--near-duplicates", "0.8", "-o", "out/texts", "--min-language-score", "0"],
    ],
  },
  { name: "embed", commands: [["embed", "in/long.de", "--encoder", STATIC, "-o", "out/long.npy"]] },
  {
    name: "search, merge",
    before: ["de", "en"].map((side) => [
      "embed",
      `in/a.${side}`,
      "--encoder",
      STATIC,
      "-o",
      `in/a.${side}.npy`,
    ]),
    commands: [
      searched(1),
      searched(2),
      ["merge", "out/part-1", "out/part-2", "-o", "out/run"],
      ["select", "out/run", "-o", "out/pairs.tsv"],
    ],
  },
  {
    name: "train",
    commands: [
      [
        ...[
          "train",
          "table",
          "--pairs",
          "in/large.tsv",
          "--from",
          "ngram",
          "--dimensions",
          "16",
          "--steps",
          "60",
        ],
        ...["--batch", "256", "--validate-every", "10", "--threads", "1", "-o", "out/table"],
      ],
    ],
  },
  {
    name: "distil",
    commands: [
      [
        "distil",
        "builtin",
        "--texts",
        "in/a.de",
        "--vocabulary",
        "500",
        "--dimensions",
        "8",
        "-o",
        "out/distilled",
      ],
    ],
  },
  {
    name: "criss",
    commands: [
      [
        ...["criss", "in/a.de", "in/a.en", "--run", "out/loop", "--rounds", "2", "--epochs", "1"],
        ...["--validation", "32", ...NGRAM],
      ],
    ],
  },
];

/** Writes what all jobs read into a folder. */
export function writeInputs(folder: string, seed: number): void {
  const [small, large] = [makeCorpus(1200, seed), makeCorpus(12_000, seed + 1)];
  mkdirSync(join(folder, "dumps"), { recursive: true });
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  write("a.de", linesOf(small.source));
  write("a.en", linesOf(small.target));
  write("a.tsv", tsvOf(small));
  write("large.tsv", tsvOf(large));
  write("long.de", linesOf(large.source));
  cpSync("test/embed/static/adapted", join(folder, "static"), { recursive: true });
  for (let dump = 0; dump < 6; dump++) {
    const pages = Array.from({ length: 60 }, (_, i) => {
      // The last page of each dump stands in the next one, too.
      const id = dump * 59 + i;
      return {
        url: `https://example.org/${id}`,
        id,
        text: large.target.slice(id * 10, id * 10 + 10).join("\n"),
      };
    });
    write(`dumps/${dump}.warc.wet.gz`, writeTextDump(pages));
  }
}
