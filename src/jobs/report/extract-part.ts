import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Counted, Fact, ReportPart } from "../../report/model.js";
import { explainDamage } from "../../store/run/damage.js";
import type { Manifest } from "../../store/run/manifest.js";

/** What of the counts of `extract` is shown. */
interface Stats {
  files: number;
  unreadable: { path?: string; message?: string }[];
  records: { read: number; kept: number; leftOut: Record<string, number>; broken: number; cutShort: number };
  blocks: { read: number; repaired: number; dropped: Record<string, number> };
  sentences: { read: number; kept: number; dropped: Record<string, number> };
  /** With pages as the unit. */
  pages?: { read: number; kept: number; dropped: Record<string, number> };
  nearDuplicateDocuments: number;
  languages: Record<
    string,
    { sentences: number; nearDuplicates: number; duplicates: number; written: number }
  >;
}

/** What `extract` read, wrote and left out. */
export async function extractPart(folder: string, { stages }: Manifest): Promise<ReportPart> {
  const part: ReportPart = { kind: "extract", name: folder, facts: [], notes: [] };
  const stats = await readStats(folder);
  if (!stats)
    return {
      ...part,
      facts: [{ name: "stages done", value: Object.keys(stages).join(", ") || "none" }],
      notes: [
        "This folder is half done: nothing is counted yet. The same crisscross extract command goes on with it.",
      ],
    };
  const { files, unreadable, records, blocks, sentences, pages, languages } = stats;
  const fact = (name: string, value: number): Fact => ({ name, value: String(value) });
  return {
    ...part,
    facts: [
      fact("files", files),
      fact("records", records.read),
      fact("records kept", records.kept),
      fact("paragraphs", blocks.read),
      fact("sentences", sentences.read),
      ...(pages ? [fact("pages", pages.read)] : []),
      ...Object.entries(languages).map(([language, { written }]) =>
        fact(`${pages ? "pages written" : "written"} in ${language}`, written),
      ),
    ],
    notes: unreadable.length > 0 ? [`${unreadable.length} of ${files} files could not be read.`] : [],
    leftOut: leftOutOf(stats),
  };
}

function leftOutOf({
  records,
  blocks,
  sentences,
  pages,
  nearDuplicateDocuments,
  languages,
}: Stats): Counted[] {
  const kinds = (of: string, counts: Record<string, number>): Counted[] =>
    Object.entries(counts).map(([what, count]) => ({ what: `${of}: ${what.replaceAll("-", " ")}`, count }));
  return [
    ...kinds("records", { ...records.leftOut, broken: records.broken, "cut short": records.cutShort }),
    { what: "documents: near-duplicates of an earlier one", count: nearDuplicateDocuments },
    ...kinds("paragraphs", blocks.dropped),
    ...kinds("sentences", sentences.dropped),
    ...kinds("pages", pages?.dropped ?? {}),
    ...Object.entries(languages).flatMap(([language, { nearDuplicates, duplicates }]) =>
      kinds(`${pages ? "pages" : "sentences"} in ${language}`, {
        "of near-duplicate documents": nearDuplicates,
        "that had come before": duplicates,
      }),
    ),
  ].filter(({ count }) => count > 0);
}

async function readStats(folder: string): Promise<Stats | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, "stats.json"), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw explainDamage(error, folder);
  }
}
