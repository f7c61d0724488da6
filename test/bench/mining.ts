import { readSentences } from "../../src/index.js";
import { sharedPath } from "./shared.js";

/** The first `count` sentences of a file in BUCC's format, of mining/de-en.dev.de by default. */
export async function readMining(
  count: number,
  path = sharedPath("data/mining/de-en.dev.de"),
): Promise<string[]> {
  const texts: string[] = [];
  for await (const batch of readSentences(path, { format: "bucc" })) {
    for (const { text } of batch) texts.push(text);
    if (texts.length >= count) break;
  }
  return texts.slice(0, count);
}
