import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Counted, Fact, ReportPart } from "../../report/model.js";
import { CANDIDATES } from "../../steps/neighbours/search-outlines.js";
import { describeEmpty, type SideCounts } from "../../steps/texts/side.js";
import { explainDamage } from "../../store/run/damage.js";
import type { Manifest } from "../../store/run/manifest.js";
import { countedLines } from "./left-out-of-run.js";

/** What is there of a run that was not searched yet, or not since its texts changed. */
export async function halfDonePart(folder: string, { stages }: Manifest): Promise<ReportPart> {
  const done = Object.keys(stages).filter((name) => !stages[name].outdated);
  const facts: Fact[] = [{ name: "stages done", value: done.join(", ") || "none" }];
  const leftOut: Counted[] = [];
  const notes: string[] = [];
  for (const side of ["source", "target"] as const) {
    if (!done.includes(side)) continue;
    const counts = await readCounts(folder, side);
    facts.push({ name: `sentences of the ${side}`, value: String(counts.sentences) });
    leftOut.push(...countedLines(side, counts));
    const empty = describeEmpty(counts);
    if (empty !== undefined) notes.push(`The ${side} ${empty}`);
  }
  const why = stages[CANDIDATES.name] ? "not been searched since its texts changed" : "not been searched yet";
  return {
    kind: "run",
    name: folder,
    facts,
    notes:
      notes.length > 0
        ? notes
        : [
            `This run is half done: it has ${why}, so there are no scores. The same crisscross mine command goes on with it.`,
          ],
    leftOut,
  };
}

async function readCounts(folder: string, side: string): Promise<SideCounts> {
  try {
    return JSON.parse(await readFile(join(folder, `${side}.json`), "utf8")).counts;
  } catch (error) {
    throw explainDamage(error, folder);
  }
}
