import { describeValue, readField } from "../../text/field.js";
import type { TextPage } from "../../types/pages.js";
import { say } from "../../wording.js";
import { SKIP } from "../faults.js";
import type { JsonRecord } from "../record.js";

/** What to do about what is no page. */
export const PAGES_ADVICE = say`Make pages with crisscross extract --unit page; two texts are aligned by crisscross align without --pages. To leave it out, pass ${SKIP}.`;

/**
 * The page in a value of JSON. A blank sentence is none, and a block without sentences neither.
 *
 * @throws what its `fault` makes, if it is no page
 */
export function pageOfRecord(record: Pick<JsonRecord, "value" | "line" | "fault">): TextPage {
  const { value, line, fault } = record;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw fault(`is ${describeValue(value)}; expected a page, an object with "blocks".`, {
      advice: PAGES_ADVICE,
    });
  const given = readField(value, "blocks");
  if (given === undefined && typeof readField(value, "text") === "string")
    throw fault(`is a sentence; expected a page, an object with "blocks".`, { advice: PAGES_ADVICE });
  if (!isBlocks(given))
    throw fault(
      `field "blocks" is ${describeValue(given)}; expected a list of blocks, each a list of its sentences.`,
      { advice: PAGES_ADVICE },
    );
  const blocks = given.map((block) => block.map(onOneLine).filter((text) => text !== ""));
  const text = (path: string) => {
    const found = readField(value, path);
    return typeof found === "string" && found !== "" ? found : undefined;
  };
  return {
    blocks: blocks.filter((block) => block.length > 0),
    line,
    url: text("url"),
    title: text("title"),
    language: text("language"),
    id: text("id"),
    hreflang: linksOf(readField(value, "hreflang")),
  };
}

const onOneLine = (text: string) => text.replace(/\s+/g, " ").trim();

function isBlocks(value: unknown): value is string[][] {
  return (
    Array.isArray(value) &&
    value.every((block) => Array.isArray(block) && block.every((text) => typeof text === "string"))
  );
}

function linksOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, address]) => typeof address === "string"));
}
