import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BitextFormat, readPairs } from "../../../../src/index.js";
import { packZip } from "../../../read/zip/pack-zip.js";
import { linesOf, makeCorpus } from "../corpus.js";
import { all, type Reader } from "./reader.js";

const { source, target } = makeCorpus(40, 1);

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const pairs = source.map((text, i) => [text, target[i]] as const);

const documentOf = (texts: readonly string[]) =>
  `<text>\n${texts.map((text, i) => `<s id="${i + 1}">${escaped(text)}</s>`).join("\n")}\n</text>\n`;
const links = source.map((_, i) => `<link xtargets="${i + 1};${i + 1}" certainty="0.5"/>`).join("\n");
const units = (unit: (source: string, target: string, id: number) => string) =>
  pairs.map(([source, target], i) => unit(escaped(source), escaped(target), i)).join("\n");

/** Bitexts in the formats that are read and not written: their files, the one that is read first. */
const BITEXTS: [format: BitextFormat, files: Record<string, string | Buffer>][] = [
  [
    "csv",
    { "a.csv": `source,target\n${linesOf(pairs.map(([a, b]) => `${quoted(a)},${quoted(`${b}\n"`)}`))}` },
  ],
  ["json", { "a.json": JSON.stringify(pairs.map(([de, en]) => ({ translation: { de, en } }))) }],
  [
    "xliff",
    {
      "a.xlf": `<xliff version="1.2"><file source-language="de" target-language="en"><body>\n${units(
        (a, b, i) => `<trans-unit id="${i}"><source>${a}</source><target>${b}</target></trans-unit>`,
      )}\n</body></file></xliff>`,
    },
  ],
  [
    "xces",
    {
      "a.xml": `<cesAlign><linkGrp fromDoc="de.xml" toDoc="en.xml">\n${links}\n</linkGrp></cesAlign>`,
      "de.xml": documentOf(source),
      "en.xml": documentOf(target),
    },
  ],
  ["moses", { "a.zip": packZip({ "X.de-en.de": linesOf(source), "X.de-en.en": linesOf(target) }) }],
];

const written: Reader[] = BITEXTS.map(([format, files]) => ({
  name: `pairs: ${format === "moses" ? "zip of moses" : format}`,
  make: async (folder) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return Object.keys(files);
  },
  read: (folder) => all(readPairs(join(folder, Object.keys(files)[0]), format === "moses" ? {} : { format })),
}));

const parquet: Reader[] = ["hub-snappy", "hub-zstd"].map((name) => ({
  name: `pairs: parquet, ${name}`,
  make: async (folder) => {
    copyFileSync(`test/read/parquet/${name}.parquet`, join(folder, "a.parquet"));
    return ["a.parquet"];
  },
  read: (folder) => all(readPairs(join(folder, "a.parquet"), { format: "parquet" })),
}));

/** Readers of bitexts in formats that others write. */
export const READ_ONLY_BITEXTS: readonly Reader[] = [...written, ...parquet];
