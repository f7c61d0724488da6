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

/** OpusFilter writes `.inf` for a limit that keeps everything. */
const limit = z.union([z.number(), z.literal([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])], {
  error: "expected a number",
});
export const numbers = (standard: number) => perSide(limit, "a number", standard);
export const number = (standard: number) => limit.default(standard);
export const share = (standard: number) => z.number().min(0).max(1).default(standard);
export const shares = (standard: number) =>
  perSide(z.number().min(0).max(1), "a share from 0 to 1", standard);
/**
 * What a share is compared with. All shares are above a negative one, and below one that is a little more than 1, which
 * is how OpusFilter writes a threshold that keeps or rejects everything.
 */
const shareLimit = z.number({ error: "expected a share" }).max(1 + 1e-6, "expected a share of at most 1");
export const shareThreshold = (standard: number) => shareLimit.default(standard);
export const shareThresholds = (standard: number) => perSide(shareLimit, "a share of at most 1", standard);
/** The same where OpusFilter has none by default, so that `null` stands for it. */
export const shareThresholdsOrNone = (standard: number) =>
  perSide(z.union([shareLimit, z.null().transform(() => standard)]), "a share of at most 1", standard);
export const count = (standard: number) => z.int().min(0).default(standard);

/** An option that OpusFilter has none of by default: `null` is as if it was not given. */
export const orNone = <T extends z.ZodType>(option: T) =>
  option.nullish().transform((given) => given ?? undefined);

/** What lengths are counted in; `character` is the same as `char`, as in OpusFilter. */
const UNITS = ["word", "char", "character"] as const;
export type Unit = (typeof UNITS)[number];
export const unit = (standard: Unit) => z.enum(UNITS).default(standard);
export const units = (standard: Unit) => perSide(z.enum(UNITS), `one of ${UNITS.join(", ")}`, standard);

/** A limit that is the same for both sides, where both are measured together. */
export const both = (limit: number): readonly [number, number] => [limit, limit];

/** A rule that keeps a pair if it finds nothing in it. */
export const NONE = [{ option: "", keeps: "at most", limits: [0, 0] }] as const;

/** An option that OpusFilter has, and that decides nothing here. */
export const ignored = <T extends z.ZodType>(option: T, why: string) =>
  option.nullish().describe(`${why}; taken since OpusFilter has it.`);

/** OpusFilter asks whether all pairs of many sides must be within bounds; of two sides, there is one pair. */
export const requireAll = () => ignored(z.boolean(), "Says nothing of two sides");
