import { CODINGS, type SearchType } from "../../../search/coding.js";
import { searchExact } from "../../../search/exact.js";
import type { Index, IndexContext, IndexOptions } from "./index-options.js";

export function exactIndex(
  type: SearchType,
  { threads }: IndexOptions,
  { heldRows, signal, onEvent }: Pick<IndexContext, "heldRows" | "signal" | "onEvent">,
): Index {
  return {
    key: type === "float32" ? { index: "exact" } : { index: "exact", "search type": type },
    extra: CODINGS[type].extra,
    search: ({ source, target }, k) => {
      const total = source.vectors.rows * target.vectors.rows;
      return searchExact(source.vectors, target.vectors, {
        k,
        type,
        heldRows,
        threads,
        signal,
        onProgress: (done) =>
          onEvent({ kind: "progress", stage: "search", done, total, unit: "comparisons" }),
      });
    },
  };
}
