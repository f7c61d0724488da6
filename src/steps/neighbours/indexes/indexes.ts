import type { Engine } from "./choose-engine.js";
import { equalOnce } from "./equal-once.js";
import { exactIndex } from "./exact-index.js";
import { hnswIndex } from "./hnsw-index.js";
import type { Index, IndexContext, IndexOptions } from "./index-options.js";
import { ivfIndex } from "./ivf-index.js";
import { usearchIndex } from "./usearch-index.js";

/** How an engine finds neighbours; what it builds is kept where the run keeps things. */
export function openIndex({ index, type }: Engine, options: IndexOptions, context: IndexContext): Index {
  switch (index) {
    case "exact":
      return exactIndex(type, options, context);
    case "ivf":
      return equalOnce(ivfIndex(options, context));
    case "hnsw":
      return equalOnce(hnswIndex(options, context));
    case "usearch":
      return equalOnce(usearchIndex(options, context));
  }
}
