import { JsonText } from "./json-of.js";
import type { SchemaElement, SchemaNode } from "./schema-node.js";
import { timeOfDay } from "./times.js";

type Convert = (value: unknown) => unknown;

/** The types by which the library reads some elements, in place of the file's. */
type ReadTypes = Map<SchemaElement, string | undefined>;

/**
 * What the library does not give as it stands in the file: decimals, which it rounds, times of day, which it leaves bare,
 * maps, whose keys it takes for texts, and types that it does not know or refuses.
 */
export interface ExactValues<E extends SchemaElement> {
  /** The schema by which the library reads them bare. */
  schema: E[];
  /** Makes of a row that was read by it one with decimals as `JsonText`, times as texts and maps as `Map`. */
  convert(row: Record<string, unknown>): Record<string, unknown>;
}

export function exactValues<E extends SchemaElement>(schema: readonly E[], tree: SchemaNode): ExactValues<E> {
  const types: ReadTypes = new Map();
  const convert = structOf(tree, types);
  return {
    schema: schema.map((element) =>
      types.has(element)
        ? { ...element, converted_type: types.get(element), logical_type: undefined }
        : element,
    ),
    convert: (row) => (convert ? (convert(row) as typeof row) : row),
  };
}

/** @param types takes those of what is read otherwise than the file has it */
function convertOf(node: SchemaNode, types: ReadTypes): Convert | undefined {
  const { element, children } = node;
  const { converted_type: type, logical_type: logical } = element;
  if (children.length === 0) return leafOf(element, types);
  if (type === "LIST" || logical?.type === "LIST") {
    const [repeated] = children;
    return convertOf(repeated.children.length === 1 ? repeated.children[0] : repeated, types);
  }
  if (logical?.type === "VARIANT") return undefined;
  const isMap = type === "MAP" || logical?.type === "MAP";
  return isMap && children[0].children.length === 2 ? mapOf(node, types) : structOf(node, types);
}

/** A map is a struct of a list of keys and values. */
function mapOf(node: SchemaNode, types: ReadTypes): Convert {
  types.set(node.element, undefined);
  const convert = structOf(node, types);
  const [{ element: entries, children }] = node.children;
  const [key, value] = children.map(({ element }) => element.name);
  return inLists((struct) => {
    const found = (convert ? convert(struct) : struct) as Record<string, Record<string, unknown>[]>;
    return new Map(found[entries.name].map((entry) => [entry[key], entry[value]]));
  });
}

function structOf({ children }: SchemaNode, types: ReadTypes): Convert | undefined {
  const converts = children.flatMap((child): [string, Convert][] => {
    const convert = convertOf(child, types);
    return convert ? [[child.element.name, convert]] : [];
  });
  if (converts.length === 0) return undefined;
  return inLists((struct) => {
    const found = { ...(struct as Record<string, unknown>) };
    for (const [name, convert] of converts) if (name in found) found[name] = convert(found[name]);
    return found;
  });
}

/** How the library is to read types that it takes for bytes, or refuses. */
const READ_AS: ReadonlyMap<string | undefined, string | undefined> = new Map([
  ["ENUM", "UTF8"],
  ["JSON", "JSON"],
  ["BSON", undefined],
  ["INTERVAL", undefined],
]);

function leafOf(element: SchemaElement, types: ReadTypes): Convert | undefined {
  const { converted_type: converted, logical_type: logical, scale } = element;
  const named = converted ?? logical?.type;
  if (READ_AS.has(named)) types.set(element, READ_AS.get(named));
  if (converted === "DECIMAL") {
    types.set(element, undefined);
    return inLists((value) => new JsonText(decimalOf(value as Unscaled, scale ?? 0)));
  }
  if (converted === "TIME_MILLIS" || converted === "TIME_MICROS" || logical?.type === "TIME") {
    const unit = logical?.unit ?? (converted === "TIME_MILLIS" ? "MILLIS" : "MICROS");
    return inLists((value) => timeOfDay(BigInt(value as number | bigint), unit));
  }
  return undefined;
}

/** The same for whatever stands in lists, nested as they are; null stays null. */
function inLists(convert: Convert): Convert {
  const convertAny: Convert = (value) => {
    if (value === null || value === undefined) return value;
    const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof Uint8Array));
    return isList ? Array.from(value as ArrayLike<unknown>, convertAny) : convert(value);
  };
  return convertAny;
}

type Unscaled = number | bigint | Uint8Array;

/** The digits of a decimal; bytes are a whole number of two's complement, its first byte the highest. */
function decimalOf(unscaled: Unscaled, scale: number): string {
  const whole =
    unscaled instanceof Uint8Array
      ? BigInt.asIntN(8 * unscaled.length, BigInt(`0x0${Buffer.from(unscaled).toString("hex")}`))
      : BigInt(unscaled);
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, "0");
  const point = digits.length - scale;
  const sign = whole < 0n ? "-" : "";
  return sign + (scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`);
}
