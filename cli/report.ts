import { styleText } from "node:util";
import type { Figure, Report } from "../src/index.js";
import { printable } from "../src/text/printable.js";
import type { Context } from "./context.js";
import { print } from "./print.js";
import { PROGRESS_FLAGS } from "./progress.js";

export interface ReportFlags {
  json?: boolean;
  markdown?: boolean;
  latex?: boolean;
}

export const REPORT_FLAGS = ["json", "markdown", "latex", ...PROGRESS_FLAGS] as const;

/** A threshold is told in full: with fewer decimals it would give other figures when it is typed. */
const isThreshold = (column: string) => column.includes("threshold");

/** Decimals of a column, by the beginning of its name; 3 for all others. */
const DIGITS: [name: string, digits: number][] = [
  ["MiB", 0],
  ["judged", 0],
  ["pairs", 0],
  ["seconds", 2],
  ["cosine", 6],
];

/** Columns in which the lowest figure is the best. */
const LOWER_IS_BETTER = /^xsim|^seconds|^MiB/;

/**
 * Prints a report: a table for people, the best of each column in bold on a terminal; or JSON, Markdown or LaTeX.
 *
 * @throws as `print`
 */
export async function printReport(
  report: Report,
  { json, markdown, latex }: ReportFlags,
  context: Pick<Context, "stdout">,
): Promise<void> {
  const { stdout } = context;
  if (json) await print(`${JSON.stringify(report, null, 2)}\n`, context);
  else if (markdown) await print(formatMarkdown(report), context);
  else if (latex) await print(formatLatex(report), context);
  else await print(formatTable(report, "isTTY" in stdout && stdout.isTTY === true), context);
}

function formatTable(report: Report, bold: boolean): string {
  const [header, ...rows] = cellsOf(report);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const best = bestRows(report);
  const lines = [header, ...rows].map((row, index) => {
    const cells = row.map((cell, column) => {
      const padded = column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
      return bold && index > 0 && best[column]?.has(index - 1) ? styleText("bold", padded) : padded;
    });
    return cells.join("  ").trimEnd();
  });
  return `${lines.join("\n")}\n${formatConditions(report)}\n`;
}

function formatMarkdown(report: Report): string {
  const [header, ...rows] = cellsOf(report);
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const rule = line(header.map((_, column) => (column === 0 ? "---" : "---:")));
  return `${[line(header), rule, ...rows.map(line)].join("\n")}\n\n${formatConditions(report)}\n`;
}

/** A table for which no package is needed. */
function formatLatex(report: Report): string {
  const [header, ...rows] = cellsOf(report);
  const line = (cells: string[]) => `${cells.map(escapeLatex).join(" & ")} \\\\`;
  return [
    `% ${formatConditions(report)}`,
    `\\begin{tabular}{l${"r".repeat(report.columns.length)}}`,
    "\\hline",
    line(header),
    "\\hline",
    ...rows.map(line),
    "\\hline",
    "\\end{tabular}",
    "",
  ].join("\n");
}

const LATEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "→": "$\\rightarrow$",
  "–": "--",
  // Behind the end of a line these would be its options.
  "[": "{[}",
  "*": "{*}",
};

function escapeLatex(cell: string): string {
  return cell.replace(/[\\~^→–[*#$%&_{}]/g, (character) => LATEX[character] ?? `\\${character}`);
}

function formatConditions({ conditions }: Report): string {
  return Object.entries(conditions)
    .map(([name, value]) => printable(`${name} ${value}`))
    .join(" · ");
}

function cellsOf({ columns, rows }: Report): string[][] {
  const cell = (figure: Figure | undefined, column: string) => (figure ? formatFigure(figure, column) : "–");
  return [
    ["", ...columns.map(printable)],
    ...rows.map(({ name, figures }) => [printable(name), ...columns.map((c) => cell(figures[c], c))]),
  ];
}

function formatFigure({ value, interval }: Figure, column: string): string {
  const digits = DIGITS.find(([name]) => column.startsWith(name))?.[1] ?? 3;
  const format = (number: number) => (isThreshold(column) ? String(number) : number.toFixed(digits));
  return interval ? `${format(value)} [${format(interval.low)}, ${format(interval.high)}]` : format(value);
}

/** For each column of the table, the rows that have its best figure; thresholds have none. */
function bestRows({ columns, rows }: Report): (Set<number> | undefined)[] {
  const named = columns.map((column) => {
    if (isThreshold(column) || rows.length < 2) return undefined;
    const values = rows.map(({ figures }) => figures[column]?.value);
    const known = values.filter((value) => value !== undefined);
    const best = LOWER_IS_BETTER.test(column) ? Math.min(...known) : Math.max(...known);
    return new Set(values.flatMap((value, row) => (value === best ? row : [])));
  });
  return [undefined, ...named];
}
