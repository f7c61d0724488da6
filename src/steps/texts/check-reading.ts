import { OptionError } from "../../errors.js";
import type { Format } from "../../read/format.js";
import { READING, type ReadOptions } from "../../read/input.js";
import { readVectorsInfo } from "../../store/arrays/vectors-file.js";
import { anyOf, option, say } from "../../wording.js";
import { partsOf } from "./parts.js";
import type { NamedSource } from "./source-kind.js";

const RECORDS: readonly Format[] = ["jsonl", "json", "parquet"];

/** Options of reading that only some formats have. */
const FORMATS_WITH: Readonly<Record<string, readonly Format[]>> = {
  column: ["tsv"],
  idColumn: ["tsv"],
  field: RECORDS,
  idField: RECORDS,
} satisfies Partial<Record<keyof ReadOptions, readonly Format[]>>;

/** Options of reading that do not say what a text is read as. */
export function withoutReading(read: ReadOptions): ReadOptions {
  const rest = { ...read };
  for (const name of READING) delete rest[name];
  return rest;
}

/**
 * Refuses an option that applies to none of the texts that it is given for; one that applies to some is accepted.
 *
 * @throws OptionError that names the option, what it goes with, and what the texts are
 */
export function refuseUnusedReading(sources: readonly NamedSource[]): void {
  for (const name of READING) {
    const given = sources.filter(({ read }) => read[name] !== undefined);
    const formats = FORMATS_WITH[name];
    const isUsed = (source: NamedSource) =>
      source.kind === "bytes" ? (formats?.includes(source.format) ?? true) : isReadAsSaid(source);
    if (given.length === 0 || given.some(isUsed)) continue;
    const isText = given.some(({ kind }) => kind === "bytes");
    throw new OptionError(
      say`${option(name)} goes with ${formats ? anyOf(formats) : "a text"}, but ${given.map(describeReading).join(", and ")}.`,
      { advice: isText ? "Name the right format, or leave it out." : "Leave it out." },
    );
  }
}

/** Whether a source is vectors of which nothing tells how their text is read. */
function isReadAsSaid(source: NamedSource): boolean {
  if (source.kind !== "vectors") return false;
  if (source.foreign) return true;
  if (source.text === undefined) return false;
  return readVectorsInfo(partsOf(source.source)[0]).text === undefined;
}

function describeReading(source: NamedSource): string {
  switch (source.kind) {
    case "bytes":
      return `${source.name} is read as ${source.format}`;
    case "vectors":
      return `the text of ${source.name} is read as when it was embedded`;
    case "sentences":
      return `${source.name} is there already, a sentence each`;
  }
}
