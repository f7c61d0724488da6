import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Thirds } from "../criss-experiment/thirds.js";
import { listWords, type WordPair } from "./word-list.js";

/** What few people have for their language: translated sentences, or a list of words. */
export const GIVEN = ["sentences", "words"] as const;
export type Gift = (typeof GIVEN)[number];

const WORDS = 500;

export function isGift(name: string): name is Gift {
  return (GIVEN as readonly string[]).includes(name);
}

/**
 * The file of what a loop is given: the rows set aside, or the words that these and the untranslated third show best.
 * None of their pairs is one that the loop could mine.
 */
export function giveTo({ aside, untranslated }: Thirds, gift: Gift): string {
  if (gift === "sentences") return aside;
  const file = join(dirname(aside), "words.tsv");
  const words = listWords([...readRows(aside), ...readRows(untranslated)], WORDS);
  writeFileSync(file, words.map(([word, english]) => `${word}\t${english}\n`).join(""));
  return file;
}

function readRows(path: string): WordPair[] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => line.split("\t") as [string, string]);
}
