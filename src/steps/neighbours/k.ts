import { checkWhole } from "../../check-values.js";

/** Neighbours that make a neighbourhood, unless another number is given (Artetxe & Schwenk 2019). */
export const DEFAULT_K = 4;

/** Ranks are kept in 16 bits. */
const LARGEST_K = 65_535;

/** @throws OptionError unless a neighbourhood can be of so many */
export function checkK(k: number): void {
  checkWhole({ k }, { most: LARGEST_K });
}
