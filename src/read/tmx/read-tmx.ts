import type { Pair } from "../../types.js";
import type { Report } from "../faults.js";

export interface ReadTmxOptions {
  /**
   * tmx: the languages of source and target; `de` takes `de-DE`, too.
   * @default the document's srclang, or its first unit's first language, and that unit's other one
   */
  languages?: readonly [source: string, target: string];
  /** tmx: what becomes of codes inside inline tags; the text of `hi` is always kept. @default "drop" */
  codes?: "drop" | "keep";
}

export async function* readTmx(
  chunks: AsyncIterable<Buffer>,
  name: string,
  options: ReadTmxOptions,
  report: Report,
): AsyncGenerator<Pair[]> {
  throw new Error(`TMX is not read yet: ${name} ${chunks} ${options} ${report}`);
}
