import { readFileSync } from "node:fs";
import { writeDump } from "../dump.js";
import { type MadePage, type Row, translatedPages } from "./translated-pages.js";

/** A dump of pages of the town's paper in both languages, and the sentences that translate each other. */
export function townDump(): { bytes: Buffer; gold: Set<string> } {
  const { source, target, gold } = translatedPages(townRows(), { most: 16 });
  return { bytes: writeDump([...pagesOf("de", source, 1), ...pagesOf("en", target, 101)]), gold };
}

function townRows(): Row[] {
  const linesOf = (name: string) => readFileSync(`samples/town.${name}`, "utf8").trimEnd().split("\n");
  const [de, en] = [linesOf("de"), linesOf("en")];
  const gold = linesOf("de-en.gold").map((pair) => pair.split("\t").map(Number));
  return gold.map(([x, y]) => [de[x - 1], en[y - 1]]);
}

function pagesOf(language: string, pages: readonly MadePage[], firstId: number) {
  return pages.map(({ blocks }, i) => {
    const paragraphs = blocks.map((sentences) => `<p>${sentences.join(" ")}</p>`);
    const html = `<!doctype html><html lang="${language}"><body><main>${paragraphs.join("\n")}</main></body></html>`;
    return { url: `https://${language}.example/${firstId + i}`, id: firstId + i, html };
  });
}
