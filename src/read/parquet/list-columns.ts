import type { SchemaNode } from "./schema-node.js";

/** A column of lists of numbers. */
export interface ListColumn {
  /** Its name, with those of the structs that it stands in: `embedding`, `vectors.dense`. */
  name: string;
  /** Where its numbers are in the schema: `embedding.list.element`. */
  path: readonly string[];
  /** What the numbers are: `FLOAT`, `INT32`, `FLOAT16`. */
  type: string;
}

/** Columns that are lists of bare values, as every writer of Parquet lays them out. */
export function listColumns(schema: SchemaNode): ListColumn[] {
  return leavesOf(schema, []).flatMap((nodes): ListColumn[] => {
    const lists = nodes.filter(({ element }) => element.repetition_type === "REPEATED");
    const at = nodes.indexOf(lists[0]);
    const leaf = nodes.at(-1)!;
    // Deeper are structs, and lists of lists.
    if (lists.length !== 1 || at < nodes.length - 2 || nodes[at].children.length > 1) return [];
    const named = at === 0 || !isList(nodes[at - 1]) ? nodes.slice(0, at + 1) : nodes.slice(0, at);
    const { type, logical_type: logical } = leaf.element;
    return [
      {
        name: named.map(({ element }) => element.name).join("."),
        path: leaf.path,
        type: (logical?.type === "FLOAT16" ? logical.type : type) ?? "of no known type",
      },
    ];
  });
}

const isList = ({ element }: SchemaNode) =>
  element.converted_type === "LIST" || element.logical_type?.type === "LIST";

/** The ways to the values of a schema, without its root. */
function leavesOf({ children }: SchemaNode, above: readonly SchemaNode[]): SchemaNode[][] {
  return children.flatMap((child) =>
    child.children.length === 0 ? [[...above, child]] : leavesOf(child, [...above, child]),
  );
}
