import { InputError } from "../../errors.js";
import { option, say } from "../../wording.js";
import type { ListColumn } from "./list-columns.js";
import type { ParquetFile } from "./open-parquet.js";

const TYPES = ["FLOAT", "DOUBLE", "FLOAT16"];
const WANTED = `lists of numbers (${TYPES.join(", ")})`;

/**
 * The column of a file of Parquet that holds vectors.
 *
 * @param name the column's, where there are several
 * @throws InputError if there is none, or several of which none is named
 */
export function chooseColumn(
  { lists, columns }: Pick<ParquetFile, "lists" | "columns">,
  path: string,
  name?: string,
): ListColumn {
  const meant = name === undefined ? lists : lists.filter((list) => list.name === name);
  const floats = meant.filter(({ type }) => TYPES.includes(type));
  if (floats.length === 1) return floats[0];
  const advice = say`Name ${name === undefined ? "it" : "another"} with ${option("vectorField")}.`;
  if (floats.length > 1)
    throw new InputError({ path }, `has ${floats.length} columns of ${WANTED}: ${namesOf(floats)}.`, {
      advice,
    });
  const [other] = meant;
  if (name !== undefined && other)
    throw new InputError({ path }, `its column "${name}" has lists of ${other.type}; expected ${WANTED}.`, {
      advice: "Convert them before they are saved.",
    });
  throw new InputError(
    { path },
    `has no column ${name === undefined ? "" : `"${name}" `}of ${WANTED}; its columns are ${columns.join(", ")}.`,
    { advice },
  );
}

const namesOf = (lists: readonly ListColumn[]) => lists.map(({ name }) => name).join(", ");
