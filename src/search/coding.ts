import type { ElementType } from "../runtime/graph.js";
import { quantise } from "./quantise.js";

/** How numbers are held while they are multiplied. Either way, what is found is scored again from the vectors. */
export const SEARCH_TYPES = ["float32", "int8"] as const;
/** What exact search multiplies. */
export type SearchType = (typeof SEARCH_TYPES)[number];

export type Codes = Float32Array | Uint8Array | Int8Array;

/** For an inverted file: sums of these are exact, so a pair that is met twice has the same cosine each time. */
export const IVF_TYPE: SearchType = "int8";

/** How one side of a product is held. */
interface SideCoding {
  type: ElementType;
  Codes: { new (length: number): Codes; new (memory: SharedArrayBuffer): Codes };
  /** The code of 0. */
  zero: number;
  /** Absent where codes are the numbers themselves. */
  encode?(values: Float32Array, dimensions: number, codes: Codes): void;
}

export interface Coding {
  /** Bytes a number. */
  bytes: number;
  /**
   * How many neighbours are searched beyond those that are kept, since products differ from exact cosines: in their last
   * bits, or as 8-bit products.
   */
  extra: number;
  /** `left` is multiplied with the transpose of `right`. */
  left: SideCoding;
  right: SideCoding;
  /** What a product of codes is multiplied by to be one of numbers. */
  scale(dimensions: number): number;
}

/**
 * Components of a unit vector are 1/√dimensions in the root mean square. Those beyond six times that, one in five
 * hundred million if they are normally distributed, are clipped.
 */
const LARGEST = 6;

/**
 * Left 7 bits around 64, right 8 bits: processors without 8-bit dot products add two products in 16 bits, which 2 · 128
 * · 127 fits into. So the sums are exact, and the same on every processor.
 */
const LEFT_STEPS = 64;
const RIGHT_STEPS = 127;

export const CODINGS: Record<SearchType, Coding> = {
  float32: {
    bytes: 4,
    extra: 4,
    left: { type: "float32", Codes: Float32Array, zero: 0 },
    right: { type: "float32", Codes: Float32Array, zero: 0 },
    scale: () => 1,
  },
  int8: {
    bytes: 1,
    extra: 8,
    left: { type: "uint8", Codes: Uint8Array, zero: LEFT_STEPS, encode: quantiser(LEFT_STEPS, LEFT_STEPS) },
    right: { type: "int8", Codes: Int8Array, zero: 0, encode: quantiser(RIGHT_STEPS, 0) },
    scale: (dimensions) => LARGEST ** 2 / (dimensions * LEFT_STEPS * RIGHT_STEPS),
  },
};

function quantiser(steps: number, zero: number): SideCoding["encode"] {
  return (data, dimensions, codes) =>
    quantise({ rows: data.length / dimensions, dimensions, data }, codes as Uint8Array | Int8Array, {
      scale: (steps * Math.sqrt(dimensions)) / LARGEST,
      steps,
      zero,
    });
}

/** Codes of the right side as they are on the left, for rows that are multiplied on both. */
export function leftOfRight(codes: Int8Array, lefts: Uint8Array): void {
  for (let i = 0; i < codes.length; i++) lefts[i] = LEFT_OF_RIGHT[codes[i] + RIGHT_STEPS];
}

const LEFT_OF_RIGHT = Uint8Array.from({ length: 2 * RIGHT_STEPS + 1 }, (_, i) =>
  Math.round(((i - RIGHT_STEPS) * LEFT_STEPS) / RIGHT_STEPS + LEFT_STEPS),
);
