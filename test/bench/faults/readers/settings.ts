import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  evaluateBucc,
  evaluateLabels,
  evaluatePairs,
  explainBitext,
  extract,
  filterBitext,
} from "../../../../src/index.js";
import type { Reader } from "./reader.js";

const CONFIGURATION = `languages: [de, en]
filters:
  - LengthFilter: {min_length: 1, max_length: 100, unit: word}
  - LengthRatioFilter: &ratio {threshold: 3, unit: char}
  - LongWordFilter: {threshold: 40}
  - CharacterScoreFilter:
      scripts: [Latin, Latin]
      thresholds: [0.9, 0.9]
  - RegExpFilter: {regexps: ["^[A-Z]", "[.]$"], accept_match: true}
  - NumberMatchFilter: {}
  - TestSetFilter: {files: [kept-out.txt]}
  - DuplicateFilter: {}
  - no_urls: {}
  - LengthRatioFilter: *ratio
`;

const BITEXT = "samples/town.de-en.tsv";

const configuration: Reader = {
  name: "configuration: YAML of rules",
  make: async (folder) => {
    writeFileSync(join(folder, "rules.yaml"), CONFIGURATION);
    writeFileSync(join(folder, "kept-out.txt"), "A sentence of a test set.\n");
    return ["rules.yaml", "rules.yaml", "rules.yaml", "kept-out.txt"];
  },
  read: async (folder) => {
    const given = { configuration: join(folder, "rules.yaml") };
    const [kept, explained] = ["kept.tsv", "explained.jsonl"].map((name) => join(folder, name));
    await filterBitext(BITEXT, kept, given);
    await explainBitext(BITEXT, explained, given);
    return [kept, explained].map((path) => readFileSync(path, "utf8"));
  },
};

const bucc: Reader = {
  name: "gold: lines of BUCC",
  make: async (folder) => {
    cpSync("samples/town.de-en.gold", join(folder, "gold"));
    return ["gold"];
  },
  read: (folder) =>
    evaluateBucc(
      [{ name: "town", source: "samples/town.de", target: "samples/town.en", gold: join(folder, "gold") }],
      { read: { format: "text" }, encoder: "ngram", dimensions: 8, threads: 1 },
    ),
};

const gold: Reader = {
  name: "gold: texts, and what is compared",
  make: async (folder) => {
    for (const name of ["gold.tsv", "mined.tsv"]) cpSync(BITEXT, join(folder, name));
    return ["gold.tsv", "mined.tsv"];
  },
  read: (folder) => evaluatePairs(join(folder, "mined.tsv"), { gold: join(folder, "gold.tsv") }),
};

const labels: Reader = {
  name: "labels",
  make: async (folder) => {
    const lines = Array.from(
      { length: 20 },
      (_, i) => `${(i * 7) % 10}.5\tein Satz ${i}\ta sentence ${i}\t${i % 2}`,
    );
    writeFileSync(join(folder, "labelled.tsv"), `${lines.join("\n")}\n`);
    return ["labelled.tsv"];
  },
  read: (folder) =>
    evaluateLabels(join(folder, "labelled.tsv"), {
      labelColumn: 4,
      read: { format: "tsv", scoreColumn: 1, columns: [2, 3] },
    }),
};

const list: Reader = {
  name: "list of inputs",
  make: async (folder) => {
    writeFileSync(join(folder, "paths"), "samples/town.fr\nsamples/town.de\n");
    return ["paths"];
  },
  read: (folder) =>
    extract([], join(folder, "out"), {
      filesFrom: join(folder, "paths"),
      format: "text",
      threads: 1,
      compression: "none",
    }),
};

/** Readers of what options name: configurations, gold pairs, labels, lists. */
export const SETTING_READERS: readonly Reader[] = [configuration, bucc, gold, labels, list];
