import type { OpenTable } from "../../../embed/static/open-table.js";
import { openTable } from "../../../embed/static/open-table.js";

/** Moves every row of a table, in place, this share of the way to that of another folder with the same pieces. */
export async function averageWith({ values }: OpenTable, folder: string, share: number): Promise<void> {
  const other = await openTable(folder);
  for (let i = 0; i < values.length; i++) values[i] += share * (other.values[i] - values[i]);
}
