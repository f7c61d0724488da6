import { fileURLToPath } from "node:url";
import { readSentences } from "../../src/read/read-sentences.js";

/**
 * Pairs of real corpora for reference.py: every second one as it is, the others changed as corpora differ. Prints them
 * as language, text and English:
 *
 *     node dist/test/filter/corpus-pairs.js ../shared/data/parallel
 */

/** Of each language. */
const PAIRS = 500;

/** Each with the zero of its script. */
const ZEROS: Record<string, string> = {
  ar: "٠",
  bn: "০",
  de: "0",
  el: "0",
  fa: "۰",
  fi: "0",
  fr: "0",
  he: "0",
  hi: "०",
  ja: "０",
  ka: "0",
  ko: "０",
  ru: "0",
  th: "๐",
  tr: "0",
  zh: "０",
};

type Change = (text: string, english: string, zero: string) => [text: string, english: string];

const withDigits = (text: string, zero: string) =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(zero.codePointAt(0)! + Number(digit)));
const withoutMarks = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
const titled = (text: string) =>
  text.replace(/\p{L}+/gu, (word) => word[0].toUpperCase() + word.slice(1).toLowerCase());
const swapped = (text: string) =>
  text.replace(/\p{L}/gu, (one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()));

/** Puts other words in the place of the one in the middle; `change` is given it and the one before. */
const atWord =
  (change: (word: string, before: string) => string): Change =>
  (text, english) => {
    const words = text.split(" ");
    const middle = words.length >> 1;
    words[middle] = change(words[middle], words.at(middle - 1)!);
    return [words.join(" "), english];
  };

const CHANGES: Change[] = [
  (text, english) => [text.toUpperCase(), english.toUpperCase()],
  (text, english) => [titled(text), titled(english)],
  (text, english, zero) => [withDigits(text, zero), english],
  (text, english, zero) => [`${text} ${withDigits("1 2 3 4 5", zero)} .`, `${english} 1 2 3 4 5 .`],
  (text, english, zero) => [withDigits("7 8 9 10 ", zero) + text, english],
  (text, english, zero) => [withDigits("2024-12-31 ", zero).repeat(4) + text.slice(0, 9), english],
  atWord((word) => Array.from(word).join(" ")),
  atWord((word) => `${word} 😀 😀 😀 😀 😀`),
  atWord((word) => `${word} 👍🏽 ❤️ 🎉 ✨ 🎉`),
  atWord((word) => `${word} ${word}`),
  atWord((word) => `${word}, ${word}`),
  atWord((word) => `${word} ${word.toUpperCase()}`),
  atWord((word) => `ab-${word} ${word}`),
  atWord((word, before) => `${word} ${before} ${word}`),
  atWord((word) => word.slice(0, 4).repeat(2)),
  atWord((word) => word.slice(0, 3).repeat(3)),
  atWord((word) => `${word} - ${word} - ${word}`),
  atWord((word) => `(${word}) (${word})`),
  atWord((word, before) => titled(word) + titled(before)),
  atWord((word) => `${word}ʼ${word}`),
  atWord((word) => `${word.slice(0, 1)}a${word.slice(1)}`),
  atWord((word) => `${word} » ${word} → < > *`),
  atWord((word) => `www.${word}.com`),
  atWord((word) => `${word}.net${word}`),
  (text) => [text, text.toUpperCase()],
  (text) => [text, swapped(text)],
  (text, _, zero) => [text, `${withDigits(text, zero)} 12!`],
  (text) => [text, withoutMarks(text)],
  (text) => [text, text.normalize("NFD")],
  (text) => [text.toLowerCase(), text],
  (text, english) => [text.normalize("NFKD"), english],
  (text, english) => [Buffer.from(text, "utf8").toString("latin1"), english],
];

/** @param folder with `en-de.tsv.xz` and the like: source, English and text */
export async function corpusPairs(
  folder: string,
): Promise<[language: string, text: string, english: string][]> {
  const pairs: [string, string, string][] = [];
  for (const [language, zero] of Object.entries(ZEROS)) {
    let number = 0;
    for await (const [english, text] of rowsOf(`${folder}/en-${language}.tsv.xz`)) {
      const change = CHANGES[(number >> 1) % CHANGES.length];
      pairs.push([
        language,
        ...(number % 2 === 1 ? change(text, english, zero) : ([text, english] as const)),
      ]);
      if (++number === PAIRS) break;
    }
  }
  return pairs.map((pair) => pair.map((text) => text.replace(/[\r\n]/g, " ")) as (typeof pairs)[number]);
}

async function* rowsOf(path: string): AsyncGenerator<[english: string, text: string]> {
  for await (const lines of readSentences(path, { format: "text" }))
    for (const { text: line } of lines) {
      const [, english, text] = line.split("\t");
      if (english.length + text.length < 300) yield [english, text];
    }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const pair of await corpusPairs(process.argv[2])) console.log(pair.join("\t"));
