import { z } from "zod";

/** A rule's options. All have a default or may be left out; what is not among them is refused. */
export function ruleOptions<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({
    ...shape,
    name: z
      .string()
      .min(1)
      .optional()
      .describe("What messages and counts call the rule; by default its name."),
  });
}

/** One value for both sides, or a list of two. */
export function perSide<T extends number | string>(value: z.ZodType<T>, expected: string, standard: T) {
  return z
    .union([value, z.tuple([value, value])], {
      error: `expected ${expected}, or a list of two: the source's and the target's`,
    })
    .transform((given): readonly [source: T, target: T] =>
      Array.isArray(given) ? (given as [T, T]) : [given as T, given as T],
    )
    .prefault(standard as never);
}

export const numbers = (standard: number) => perSide(z.number(), "a number", standard);
export const number = (standard: number) => z.number().default(standard);
export const share = (standard: number) => z.number().min(0).max(1).default(standard);
export const shares = (standard: number) =>
  perSide(z.number().min(0).max(1), "a share from 0 to 1", standard);
export const count = (standard: number) => z.int().min(0).default(standard);

/** What lengths are counted in; `character` is the same as `char`, as in OpusFilter. */
const UNITS = ["word", "char", "character"] as const;
export type Unit = (typeof UNITS)[number];
export const unit = (standard: Unit) => z.enum(UNITS).default(standard);
export const units = (standard: Unit) => perSide(z.enum(UNITS), `one of ${UNITS.join(", ")}`, standard);

/** A limit that is the same for both sides, where both are measured together. */
export const both = (limit: number): readonly [number, number] => [limit, limit];

/** A rule that keeps a pair if it finds nothing in it. */
export const NONE = [{ option: "", keeps: "at most", limits: [0, 0] }] as const;

/** OpusFilter asks whether all pairs of many sides must be within bounds; of two sides, there is one pair. */
export const requireAll = z
  .boolean()
  .optional()
  .describe("Says nothing of two sides; taken since OpusFilter has it.");
