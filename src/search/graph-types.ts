/** How a graph of `usearch` can hold its vectors: in two bytes a number, or in one. */
export const GRAPH_TYPES = ["bf16", "i8"] as const;
/** How a graph of `usearch` holds its vectors. */
export type GraphType = (typeof GRAPH_TYPES)[number];
