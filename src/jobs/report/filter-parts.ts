import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import type { Counted, ReportPart } from "../../report/model.js";
import { bitextPart } from "./bitext-part.js";
import { findRejected } from "./find-rejected.js";
import type { ReportSettings } from "./options.js";
import { unknownFolder } from "./unknown-folder.js";

const STATS = ".stats.json";

/** What `filter` counts, and other commands that write a bitext do in part. */
interface Stats {
  pairs: number;
  kept?: number;
  skipped: number;
  rejected?: Record<string, number>;
}

/**
 * What there is to see of a folder that holds what `filter` wrote: kept pairs with what was counted, and perhaps the
 * rejected ones.
 *
 * @throws InputError for a folder without such
 */
export async function filterParts(
  folder: string,
  settings: ReportSettings,
  number: number,
): Promise<ReportPart[]> {
  const names = (await readdir(folder)).sort();
  const counted = names.filter((name) => name.endsWith(STATS)).map((name) => name.slice(0, -STATS.length));
  if (counted.length === 0) throw await unknownFolder(folder);
  const others = names.filter(
    (name) => !name.endsWith(STATS) && !name.startsWith(".") && !counted.includes(name),
  );
  const parts: ReportPart[] = [];
  for (const name of counted) {
    const path = join(folder, name);
    const stats = await readStats(`${path}${STATS}`);
    const candidates = others.map((other) => join(folder, other));
    parts.push({
      ...(names.includes(name) ? await keptPart(path, settings, number) : gonePart(path)),
      kind: stats.rejected ? "filter" : "bitext",
      ...(await describeStats(stats, candidates, settings)),
    });
  }
  return parts;
}

/** What was counted beside a bitext, if `filter` counted it. */
export async function countedBeside(path: string): Promise<Stats | undefined> {
  const stats = await readStats(`${path}${STATS}`).catch(() => undefined);
  return stats?.rejected && stats;
}

export async function describeStats(
  { pairs, kept, skipped, rejected }: Stats,
  candidates: readonly string[],
  settings: ReportSettings,
): Promise<Pick<ReportPart, "facts" | "leftOut" | "rules">> {
  const facts = [{ name: "pairs read", value: String(pairs) }];
  if (kept !== undefined) facts.push({ name: "pairs kept", value: String(kept) });
  const leftOut: Counted[] = [{ what: "pairs that could not be read", count: skipped }];
  return {
    facts,
    leftOut: leftOut.filter(({ count }) => count > 0),
    rules: rejected && (await findRejected(rejected, candidates, settings)),
  };
}

async function keptPart(path: string, settings: ReportSettings, number: number): Promise<ReportPart> {
  try {
    return await bitextPart(path, settings, { number, scoresOptional: true });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...gonePart(path), notes: [error.explain({ advice: false })] };
  }
}

const gonePart = (name: string): ReportPart => ({
  kind: "filter",
  name,
  facts: [],
  notes: ["The bitext itself is not there any more, only what was counted."],
});

async function readStats(path: string): Promise<Stats> {
  let found: Partial<Stats> | null;
  try {
    found = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new InputError({ path }, `cannot be read as what filter counted (${(cause as Error).message}).`, {
      cause,
    });
  }
  if (!Number.isSafeInteger(found?.pairs) || !Number.isSafeInteger(found?.skipped))
    throw new InputError({ path }, "is not what filter counted; expected its pairs, kept and rejected.");
  return found as Stats;
}
