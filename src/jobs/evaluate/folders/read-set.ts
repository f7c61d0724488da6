import { InputError } from "../../../errors.js";
import { readPairs } from "../../../read/pairs/read-pairs.js";
import { readSentences } from "../../../read/read-sentences.js";
import { readField } from "../../../text/field.js";
import { type AlignedLines, type AlignedReading, readAligned } from "../lines.js";

/** Fields of records that hold a pair: MTEB's, those of XTREME on the hub, and our own. */
const FIELDS = [
  ["sentence1", "sentence2"],
  ["source_sentence", "target_sentence"],
  ["source", "target"],
] as const;

/** Fewer lines may be in order by chance. */
const FEWEST_SORTED = 8;

/**
 * Reads two texts, or JSON lines of pairs.
 *
 * @param swapped whether the first of both languages is the target
 * @throws InputError also if one of two texts was put in alphabetical order, as XTREME's preparation does
 */
export async function readSet(
  files: readonly string[],
  swapped: boolean,
  reading: AlignedReading,
): Promise<AlignedLines> {
  if (files.length === 1) {
    const { source, target } = await readRecords(files[0], reading);
    return swapped ? { source: target, target: source } : { source, target };
  }
  const [source, target] = swapped ? [files[1], files[0]] : files;
  const lines = await readAligned(source, target, reading);
  const [x, y] = [isSorted(lines.source), isSorted(lines.target)];
  if (x !== y)
    throw new InputError(
      { path: x ? source : target },
      `is in alphabetical order, and ${x ? target : source} is not, so that line n of one does not translate line n of the other.`,
      {
        advice:
          "XTREME's script orders its English lines. Take the files that it reads: tatoeba.deu-eng.deu and .eng.",
      },
    );
  return lines;
}

async function readRecords(path: string, { signal }: AlignedReading): Promise<AlignedLines> {
  const fields = await findFields(path);
  const lines: AlignedLines = { source: [], target: [] };
  for await (const batch of readPairs(path, { format: "jsonl", fields, signal })) {
    for (const { source, target } of batch) {
      lines.source.push(source.trim());
      lines.target.push(target.trim());
    }
  }
  if (lines.source.length === 0) throw new InputError({ path }, "has no pairs; expected JSON lines.");
  return lines;
}

/** The fields of the first record; what it lacks is told by whoever reads it. */
async function findFields(path: string): Promise<readonly [string, string]> {
  for await (const batch of readSentences(path, { format: "text" })) {
    for (const { text } of batch) {
      const record = parse(text);
      const has = (field: string) => typeof readField(record, field) === "string";
      return FIELDS.find((fields) => fields.every(has)) ?? FIELDS[0];
    }
  }
  return FIELDS[0];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether each line comes after the one before it, by code point, and not all are alike. */
function isSorted(lines: readonly string[]): boolean {
  if (lines.length < FEWEST_SORTED || new Set(lines).size === 1) return false;
  const inOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b)) <= 0;
  return lines.every((line, i) => i === 0 || inOrder(lines[i - 1], line));
}
