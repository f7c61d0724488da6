import type { TimeUnit } from "./times.js";

/** A node of a schema, as far as it matters here. */
export interface SchemaNode {
  children: SchemaNode[];
  path: string[];
  element: SchemaElement;
}

/** What a schema tells of a node. */
export interface SchemaElement {
  name: string;
  type?: string;
  repetition_type?: string;
  converted_type?: string;
  logical_type?: { type: string; unit?: TimeUnit };
  scale?: number;
}
