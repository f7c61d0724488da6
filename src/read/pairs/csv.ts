import { InputError } from "../../errors.js";
import { note, option, say } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import type { ReadOptions } from "../input.js";
import { type Line, MAX_LINE_BYTES } from "../lines.js";
import { parseCsvRow, UNCLOSED } from "./csv-row.js";
import type { Row } from "./rows.js";

/**
 * The rows of CSV (RFC 4180), as many at a time as their lines come. A quoted field may hold separators, doubled quotes
 * and line breaks, which become `\n`; a blank line holds nothing. Where the first row has no comma, a semicolon separates.
 *
 * A row that cannot be read is reported, and costs the line where it begins: reading goes on at the next one, so that a
 * quote that nothing closes does not swallow what follows. Costs the memory of a row, which is at most 16 MiB.
 */
export async function* readCsv(
  lines: AsyncIterable<Line[]>,
  { path, onNote }: { path: string } & Pick<ReadOptions, "onNote">,
  report: Report,
): AsyncGenerator<Row[]> {
  const splitter = new RowSplitter(path, report);
  let isFirst = true;
  for await (const group of lines) {
    yield group.flatMap((line) => splitter.take(line));
    if (isFirst && splitter.separator === ";")
      onNote?.(note(`${path}: its first row has no comma, so a semicolon separates its fields.`));
    isFirst &&= splitter.separator === undefined;
  }
  yield splitter.finish();
}

class RowSplitter {
  /** Of fields, once a first row has shown it. */
  separator?: string;
  /** The lines of a row whose quote is open. */
  private open: Line[] = [];
  private length = 0;
  private inQuotes = false;

  constructor(
    private readonly path: string,
    private readonly report: Report,
  ) {}

  /** The rows that end with this line. */
  take(line: Line): Row[] {
    const rows: Row[] = [];
    // The last is next. Behind a row that cannot be read, its further lines are.
    const waiting = [line];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (this.open.length === 0 && next.text.trim() === "") continue;
      this.hold(next);
      const cells = this.parse();
      if (cells === UNCLOSED && this.length <= MAX_LINE_BYTES) continue;
      if (typeof cells !== "string") rows.push({ cells, line: this.release()[0].line });
      else for (const line of this.leave(cells)) waiting.push(line);
    }
    return rows;
  }

  /** The rows that are found when no line follows. */
  finish(): Row[] {
    const rows: Row[] = [];
    while (this.open.length > 0)
      for (const line of this.leave(UNCLOSED).reverse()) rows.push(...this.take(line));
    return rows;
  }

  private hold(line: Line): void {
    this.separator ??= separatorOf(line.text);
    this.open.push(line);
    this.length += line.text.length;
    // In sound CSV every quote has its other one, a doubled one too.
    if (line.text.split('"').length % 2 === 0) this.inQuotes = !this.inQuotes;
  }

  /** The fields of what is held, or what is wrong: looked at where it begins, and where it may end. */
  private parse(): string[] | string {
    if (this.inQuotes && this.open.length > 1) return UNCLOSED;
    return parseCsvRow(this.open.map(({ text }) => text).join("\n"), this.separator!);
  }

  private release(): Line[] {
    const lines = this.open;
    this.open = [];
    this.length = 0;
    this.inQuotes = false;
    return lines;
  }

  /** Leaves out the first line; gives the others, the last one first. */
  private leave(problem: string): Line[] {
    const [{ line }, ...others] = this.release();
    this.report(
      new InputError({ path: this.path, line }, `${problem}.`, {
        advice: say`Correct it, name the right ${option("format")}, or pass ${SKIP}.`,
      }),
    );
    return others.reverse();
  }
}

function separatorOf(firstRow: string): string {
  const unquoted = firstRow.replaceAll(/"[^"]*"/g, "");
  return !unquoted.includes(",") && unquoted.includes(";") ? ";" : ",";
}
