import type { ShownPair } from "../../report/model.js";
import type { Pair } from "../../types/bitexts.js";
import { addressesOf } from "./addresses-of.js";
import { shortened } from "./shortened.js";

/** A pair of a bitext as it is shown. */
export function showPair(pair: Pair): ShownPair {
  const [source, target] = addressesOf(pair);
  return {
    score: pair.score,
    cosine: cosineOf(pair),
    source: { text: shortened(pair.source), line: pair.line, address: source },
    target: { text: shortened(pair.target), line: pair.line, address: target },
  };
}

/** What stands below that name in its row or record. */
function cosineOf({ row, record }: Pair): number | undefined {
  const column = row?.names?.indexOf("cosine") ?? -1;
  const found = column >= 0 ? Number(row!.cells[column] || Number.NaN) : record?.value.cosine;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}
