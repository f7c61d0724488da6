import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { convert, type Format, readPairs, readSentences, type WrittenFormat } from "../../../../src/index.js";
import { COMPRESSED } from "../../../read/_fixtures.js";
import { linesOf, makeCorpus, tsvOf } from "../corpus.js";
import { all, type Reader } from "./reader.js";

const CORPUS = makeCorpus(40, 1);

const records = CORPUS.source.map((text, i) => ({
  id: `s-${i}`,
  text,
  meta: { score: i / 7, "a.b": [text] },
}));

const SENTENCES: Record<Exclude<Format, "parquet">, string> = {
  text: linesOf(CORPUS.source),
  tsv: linesOf(records.map(({ id, text }) => `${text}\t${id}`)),
  bucc: linesOf(records.map(({ id, text }) => `${id}\t${text}`)),
  jsonl: linesOf(records.map((record) => JSON.stringify(record))),
  json: JSON.stringify(records, null, 1),
};

function sentenceReader(format: keyof typeof SENTENCES): Reader {
  const file = `texts.${format}`;
  return {
    name: `sentences: ${format}`,
    make: async (folder) => {
      writeFileSync(join(folder, file), SENTENCES[format]);
      return [file];
    },
    read: (folder) => all(readSentences(join(folder, file), { format })),
  };
}

function packedReader({ name, suffix, text }: { name: string; suffix: string; text: Buffer }): Reader {
  const file = `texts.txt${suffix}`;
  return {
    name: `sentences: ${name}`,
    make: async (folder) => {
      writeFileSync(join(folder, file), text);
      return [file];
    },
    read: (folder) => all(readSentences(join(folder, file))),
    isChecked: () => true,
  };
}

function pairReader(format: WrittenFormat): Reader {
  const [source, target] = format === "moses" ? ["pairs.de", "pairs.en"] : [`pairs.${format}`];
  const place = (folder: string) =>
    target === undefined ? join(folder, source) : ([join(folder, source), join(folder, target)] as const);
  const languages = format === "tmx" ? (["de", "en"] as const) : undefined;
  return {
    name: `pairs: ${format}`,
    make: async (folder) => {
      const tsv = join(folder, "made.tsv");
      writeFileSync(tsv, tsvOf(CORPUS));
      await convert(tsv, place(folder), { write: { format, languages } });
      return [source, target].filter((file) => file !== undefined);
    },
    read: (folder) => all(readPairs(place(folder), { format, languages })),
  };
}

/** Readers of sentences and of pairs, plain and packed. */
export const TEXT_READERS: readonly Reader[] = [
  ...(Object.keys(SENTENCES) as (keyof typeof SENTENCES)[]).map(sentenceReader),
  ...COMPRESSED.map(packedReader),
  ...(["tsv", "moses", "jsonl", "tmx"] as const).map(pairReader),
];
