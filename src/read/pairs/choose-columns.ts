import { OptionError } from "../../errors.js";
import type { PairRow } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import type { PairColumnOptions } from "./column-options.js";
import { presetColumns } from "./column-presets.js";
import { columnsNamed, type NamedColumns } from "./header.js";

type Columns = PairRow["columns"];

interface Choice {
  header: readonly string[] | undefined;
  options: PairColumnOptions;
  path: string;
  line: number;
}

/**
 * What is asked for, then what the header names, then what the first row looks like.
 *
 * @throws OptionError if the header lacks a name; InputError if the row is none of the corpus that is named
 */
export function chooseColumns(cells: readonly string[], { header, options, path, line }: Choice): Columns {
  const { columns, scoreColumn, preset } = options;
  const named: NamedColumns = header ? columnsNamed(header) : {};
  const at = (column: number | string): number =>
    typeof column === "number" ? column - 1 : findName(column, header ?? [], path);
  const asked = scoreColumn === undefined ? undefined : at(scoreColumn);
  if (columns) {
    const byName = columns.some((column) => typeof column === "string");
    return {
      source: at(columns[0]),
      target: at(columns[1]),
      score: asked ?? (byName ? named.score : undefined),
    };
  }
  const { source, target } = named;
  if (preset) {
    const known = presetColumns(preset, cells.length, { path, line });
    return { ...known, score: asked ?? named.score ?? known.score };
  }
  if (source !== undefined && target !== undefined) return { source, target, score: asked ?? named.score };
  return guessColumns(cells, asked ?? named.score);
}

function guessColumns(cells: readonly string[], score?: number): Columns {
  if (score !== undefined) {
    const [source, target] = [0, 1, 2].filter((column) => column !== score);
    return { source, target, score };
  }
  const scored = cells.length >= 3 && Number.isFinite(Number(cells[0]));
  return scored ? { source: 1, target: 2, score: 0 } : { source: 0, target: 1 };
}

function findName(name: string, header: readonly string[], path: string): number {
  const column = header.findIndex((cell) => cell.trim() === name);
  if (column >= 0) return column;
  throw new OptionError(say`${path} has no column "${name}"; its header names ${header.join(", ")}.`, {
    advice: say`Name those of its header with ${option("columns")} and ${option("scoreColumn")}.`,
  });
}
