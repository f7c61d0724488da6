import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  criss,
  crissStatus,
  embedFile,
  evaluateXsim,
  extract,
  InputError,
  type JobEvent,
  type JobListeners,
  mergeTiles,
  mine,
  scoreBitext,
  searchTile,
  selectRun,
  trainStatic,
} from "../../../../src/index.js";
import { linesOf, makeCorpus, tsvOf } from "../corpus.js";
import { filesIn } from "./encoders.js";
import { all, type Reader } from "./reader.js";

const CORPUS = makeCorpus(30, 5);
const STATIC = "test/embed/static/adapted";
const NGRAM = { encoder: "ngram", dimensions: 8, threads: 1 };

/** Both sides as files beside each other. */
function writeTexts(folder: string): [source: string, target: string] {
  const paths = [join(folder, "a.de"), join(folder, "a.en")] as const;
  writeFileSync(paths[0], linesOf(CORPUS.source));
  writeFileSync(paths[1], linesOf(CORPUS.target));
  return [...paths];
}

const textsIn = (folder: string) => [join(folder, "a.de"), join(folder, "a.en")] as const;

/** What stands in some folder, and the checksums that a run keeps of it. */
const within = (folder: string, name: string) => filesIn(join(folder, name)).map((file) => join(name, file));

async function mineRun(folder: string, index: "exact" | "ivf" | "hnsw" = "exact") {
  const [source, target] = textsIn(folder);
  return all(mine(source, target, { ...NGRAM, run: join(folder, "run"), index }));
}

const selected: Reader = {
  name: "run folder: select",
  make: async (folder) => {
    writeTexts(folder);
    await mineRun(folder);
    return within(folder, "run");
  },
  read: (folder) => all(selectRun(join(folder, "run"), { margin: "distance" })),
  isChecked: () => true,
};

function resumed(index: "exact" | "ivf" | "hnsw"): Reader {
  return {
    name: `run folder: mine again, ${index}`,
    make: async (folder) => {
      writeTexts(folder);
      await mineRun(folder, index);
      return within(folder, "run");
    },
    read: (folder) => mineRun(folder, index),
    isChecked: () => true,
  };
}

/** A run whose encoder is spoiled: it is told that another one makes other vectors. */
const spoiledEncoder = (from: string): Reader => ({
  name: `encoder's folder: mine again, ${from.replace("test/embed/", "")}`,
  make: async (folder) => {
    writeTexts(folder);
    cpSync(from, join(folder, "encoder"), { recursive: true });
    await spoiledEncoder(from).read(folder);
    return within(folder, "encoder").filter((file) => !/reference|README/.test(file));
  },
  read: async (folder) => {
    const [source, target] = textsIn(folder);
    const told: string[] = [];
    const onEvent = (event: JobEvent) => {
      if (event.kind === "stage" && event.what === "remade") told.push(...event.changes);
    };
    const options = { encoder: join(folder, "encoder"), run: join(folder, "run"), threads: 1, onEvent };
    const pairs = await all(mine(source, target, options));
    if (told.length > 0) throw new InputError({ path: folder }, `is done again, since ${told.join(", ")}.`);
    return pairs;
  },
  isChecked: () => true,
});

const scored: Reader = {
  name: "run folder: score again",
  make: async (folder) => {
    writeFileSync(join(folder, "a.tsv"), tsvOf(CORPUS));
    await scored.read(folder);
    return within(folder, "run");
  },
  read: async (folder) => {
    const output = join(folder, "scored.tsv");
    await scoreBitext(join(folder, "a.tsv"), output, { ...NGRAM, run: join(folder, "run") });
    return readFileSync(output, "utf8");
  },
  isChecked: () => true,
};

const extracted: Reader = {
  name: "run folder: extract again",
  make: async (folder) => {
    writeTexts(folder);
    await extractInto(folder, "jsonl");
    return within(folder, "out").filter((file) => !/\.jsonl$/.test(file));
  },
  read: async (folder) => {
    await extractInto(folder, "jsonl", 1000);
    return within(folder, "out")
      .filter((file) => /\.jsonl$/.test(file))
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]);
  },
  isChecked: () => true,
};

const extractInto = (folder: string, outputFormat: "jsonl", shardSize?: number) =>
  extract(textsIn(folder), join(folder, "out"), {
    format: "text",
    outputFormat,
    shardSize,
    compression: "none",
    threads: 1,
    minLanguageScore: 0,
  });

const loop: Reader = {
  name: "run folder: criss again",
  make: async (folder) => {
    writeTexts(folder);
    await loop.read(folder);
    return within(folder, "run");
  },
  read: async (folder) => {
    const [de, en] = textsIn(folder);
    const options = { ...NGRAM, run: join(folder, "run"), rounds: 1, epochs: 1, validation: 4 };
    const rounds = await all(criss([{ de, en }], options));
    const { rounds: told } = await crissStatus(join(folder, "run"));
    return [rounds.length, told.length, readFileSync(join(folder, "run/pairs/de-en.tsv"), "utf8")];
  },
  isChecked: () => true,
};

const merged: Reader = {
  name: "search parts: merge",
  make: async (folder) => {
    const paths = writeTexts(folder);
    for (const path of paths) await embedFile(path, `${path}.npy`, { encoder: STATIC });
    for (const number of [1, 2]) {
      const shard = { number, of: 2 };
      await searchTile(`${paths[0]}.npy`, `${paths[1]}.npy`, join(folder, `part-${number}`), {
        sourceShard: shard,
      });
    }
    return [...within(folder, "part-1"), ...within(folder, "part-2")];
  },
  read: async (folder) => {
    await mergeTiles([join(folder, "part-1"), join(folder, "part-2")], join(folder, "merged"));
    return all(selectRun(join(folder, "merged")));
  },
  isChecked: () => true,
};

const cached: Reader = {
  name: "vector cache",
  make: async (folder) => {
    writeTexts(folder);
    await cached.read(folder);
    return within(folder, "cache");
  },
  read: async (folder) => {
    const [source, target] = textsIn(folder);
    const { rows } = await evaluateXsim(source, target, { encoder: STATIC, cache: join(folder, "cache") });
    return rows;
  },
  isChecked: () => true,
};

/** Work on a table that was interrupted, and goes on. */
const trained: Reader = {
  name: "unfinished: train",
  make: async (folder) => {
    writeFileSync(join(folder, "pairs.tsv"), tsvOf(makeCorpus(60, 6)));
    const stop = new AbortController();
    const onEvent = (event: JobEvent) => {
      if (event.kind === "progress" && event.stage === "train" && event.done >= 4) stop.abort();
    };
    await trainInto(folder, { signal: stop.signal, onEvent }).catch(() => {});
    return filesIn(folder).filter((file) => file.endsWith(".part"));
  },
  read: async (folder) => {
    await trainInto(folder);
    return within(folder, "out").map((file) => [file, readFileSync(join(folder, file)).toString("base64")]);
  },
  isChecked: () => true,
};

const trainInto = (folder: string, listeners: JobListeners = {}) =>
  trainStatic(join(folder, "out"), {
    pairs: [join(folder, "pairs.tsv")],
    from: "ngram",
    dimensions: 4,
    steps: 8,
    batch: 16,
    validation: 8,
    validateEvery: 2,
    threads: 1,
    ...listeners,
  });

/** Readers of folders that jobs keep their work in. */
export const FOLDER_READERS: readonly Reader[] = [
  selected,
  resumed("exact"),
  resumed("ivf"),
  resumed("hnsw"),
  spoiledEncoder("test/embed/static/adapted"),
  spoiledEncoder("test/embed/transformer"),
  scored,
  extracted,
  loop,
  merged,
  cached,
  trained,
];
