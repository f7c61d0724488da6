import type { ExtractSummary } from "../src/index.js";
import { count } from "./count.js";

/** What became of everything that was read, in a few lines for people. */
export function describeExtraction(summary: ExtractSummary): string {
  const { files, unreadable, records, blocks, pages, sentences, languages, nearDuplicateDocuments } = summary;
  const lines = [
    join(count(files, "file"), counted({ unreadable: unreadable.length })),
    join(
      count(records.read, "record"),
      `${records.kept} kept`,
      counted({
        ...records.leftOut,
        broken: records.broken,
        "cut short": records.cutShort,
        "of an unknown character set": records.unknownCharset,
        "near-duplicates": nearDuplicateDocuments,
      }),
    ),
    join(
      count(blocks.read, "paragraph"),
      counted({ "repaired mojibake": blocks.repaired }),
      counted(blocks.dropped),
    ),
    join(count(sentences.read, "sentence"), counted(sentences.dropped)),
    ...(pages ? [join(count(pages.read, "page"), counted(pages.dropped))] : []),
  ];
  const names = Object.keys(languages).sort((a, b) => languages[b].written - languages[a].written);
  for (const name of names.slice(0, LANGUAGES_SHOWN)) {
    const { pages: ofPages, written, duplicates, nearDuplicates } = languages[name];
    const outputs = Object.entries(summary.outputs).filter(([, { group }]) => group === name);
    const where = outputs.length === 1 ? outputs[0][0] : `${outputs.length} files`;
    lines.push(
      join(
        `${name}: ${ofPages === undefined ? written : count(written, "page")} written to ${where}`,
        counted({
          duplicates,
          [ofPages === undefined ? "in near-duplicates" : "near-duplicates"]: nearDuplicates,
        }),
      ),
    );
  }
  const more = names.length - LANGUAGES_SHOWN;
  if (more > 0) lines.push(`and ${count(more, "more language")}, listed in stats.json`);
  return lines.join("\n");
}

const LANGUAGES_SHOWN = 10;

function counted(kinds: Record<string, number>): string {
  return join(
    ...Object.entries(kinds)
      .filter(([, n]) => n > 0)
      .map(([kind, n]) => `${n} ${kind.replaceAll("-", " ")}`),
  );
}

const join = (...parts: string[]) => parts.filter((part) => part !== "").join(" · ");
