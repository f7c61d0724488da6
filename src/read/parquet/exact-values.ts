import type { SchemaElement, SchemaNode } from "./schema-node.js";
import { timeOfDay } from "./times.js";

/** A number by its digits, of which a double may lose some. */
export class Digits {
  constructor(readonly text: string) {}
}

type Convert = (value: unknown) => unknown;

/** What the library does not give as it stands in the file: decimals, which it rounds, and times of day, which it leaves bare. */
export interface ExactValues<E extends SchemaElement> {
  /** The schema by which the library reads them bare. */
  schema: E[];
  /** Makes of a row that was read by it one with decimals as `Digits` and times as texts. */
  convert(row: Record<string, unknown>): Record<string, unknown>;
}

/** What stands in maps is left to the library, and decimals without a fixed length. */
export function exactValues<E extends SchemaElement>(schema: readonly E[], tree: SchemaNode): ExactValues<E> {
  const decimals = new Set<SchemaElement>();
  const convert = structOf(tree, decimals);
  return {
    schema: schema.map((element) =>
      decimals.has(element) ? { ...element, converted_type: undefined, logical_type: undefined } : element,
    ),
    convert: (row) => (convert ? (convert(row) as typeof row) : row),
  };
}

/** @param decimals takes those that are converted */
function convertOf(node: SchemaNode, decimals: Set<SchemaElement>): Convert | undefined {
  const { element, children } = node;
  const { converted_type: type, logical_type: logical } = element;
  if (children.length === 0) return leafOf(element, decimals);
  if (type === "LIST" || logical?.type === "LIST") {
    const [repeated] = children;
    return convertOf(repeated.children.length === 1 ? repeated.children[0] : repeated, decimals);
  }
  const isOther = type === "MAP" || logical?.type === "MAP" || logical?.type === "VARIANT";
  return isOther ? undefined : structOf(node, decimals);
}

function structOf({ children }: SchemaNode, decimals: Set<SchemaElement>): Convert | undefined {
  const converts = children.flatMap((child): [string, Convert][] => {
    const convert = convertOf(child, decimals);
    return convert ? [[child.element.name, convert]] : [];
  });
  if (converts.length === 0) return undefined;
  return inLists((struct) => {
    const found = { ...(struct as Record<string, unknown>) };
    for (const [name, convert] of converts) if (name in found) found[name] = convert(found[name]);
    return found;
  });
}

function leafOf(element: SchemaElement, decimals: Set<SchemaElement>): Convert | undefined {
  const { type, converted_type: converted, logical_type: logical, scale } = element;
  if (converted === "DECIMAL" && type !== "BYTE_ARRAY") {
    decimals.add(element);
    return inLists((value) => new Digits(decimalOf(value as Unscaled, scale ?? 0)));
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
