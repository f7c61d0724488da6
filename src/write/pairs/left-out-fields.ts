import { type Remark, warning } from "../../wording.js";

/** Names that are told; a stream may have any number of them. */
const MOST = 10;

/** Counts the pairs whose fields have no column, and tells of them. */
export class LeftOutFields {
  private pairs = 0;
  private readonly names = new Set<string>();

  /** Takes the names of a pair's fields that are left out. */
  add(names: readonly string[]): void {
    if (names.length === 0) return;
    this.pairs++;
    for (const name of names) if (this.names.size <= MOST) this.names.add(name);
  }

  tell(onNote?: (note: Remark) => void): void {
    if (this.pairs === 0) return;
    const list = [...this.names].slice(0, MOST).join(", ");
    const more = this.names.size > MOST ? " and others" : "";
    const have = this.pairs === 1 ? "1 pair has" : `${this.pairs} pairs have`;
    onNote?.(
      warning(
        `${have} fields that the first pair lacks, so that no column holds them: left out ${list}${more}. Write JSON lines to keep them.`,
      ),
    );
  }
}
