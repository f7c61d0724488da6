import { z } from "zod";
import { INSTEAD_OF_STEPS } from "../../filter/other-names.js";
import { checkAgainst } from "./check-against.js";
import type { Fault, Path } from "./fault.js";

/** A rule as it stands in a configuration, and where. */
export interface FoundRule {
  entry: unknown;
  at: Path;
}

/** A configuration that OpusFilter can run, such as opusfilter-autogen writes it. */
export function isWholeConfiguration(value: unknown): value is { steps: unknown } {
  return typeof value === "object" && value !== null && "steps" in value;
}

const unless = (advice: string) => ({ error: `is not done here; ${advice}` });
const files = z.tuple([z.string(), z.string()], {
  error: "expected two files: the source's and the target's",
});

const WHOLE = z.strictObject({
  common: z
    .strictObject({
      output_directory: z.string().nullish(),
      chunksize: z.unknown().optional(),
      default_n_jobs: z.unknown().optional(),
      constants: z.strictObject({}, unless("write the values in their places")).nullish(),
    })
    .nullish(),
  steps: z.array(z.unknown(), { error: "expected a list of steps" }).min(1),
});

const STEP = z.strictObject({
  type: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  variables: z.null(unless("write a step for each value")).optional(),
  constants: z.strictObject({}, unless("write the values in their places")).nullish(),
});

const FILTER = z.strictObject({
  inputs: files,
  outputs: files,
  filters: z.array(z.unknown(), { error: "expected a list of rules" }).min(1),
  filterfalse: z
    .literal(false, unless("crisscross filter --rejected writes these pairs to a file"))
    .nullish(),
  limit: z.null(unless("take the first lines of the output, such as with head")).optional(),
  n_jobs: z.unknown().optional(),
});

const REMOVE_DUPLICATES = z.strictObject({
  inputs: files,
  outputs: files,
  compare: z
    .union([z.literal("all"), z.array(z.int().min(0).max(1)).min(1)], { error: "expected all, [0] or [1]" })
    .nullish(),
  hash: z.unknown().optional(),
  letters_only: z.boolean().nullish(),
  lowercase: z.boolean().nullish(),
  letter_words_only: z.literal(false, unless("use letters_only with lowercase")).nullish(),
  tokenizers: z.null(unless("texts are compared as they are")).optional(),
  overlap: z.null(unless("use TestSetFilter, which keeps out what is in other files")).optional(),
});

/**
 * The rules of the steps, in their order. Each step must take what the one before it gives.
 *
 * @throws InputError for a step that is no such rule, with what does its work
 */
export function rulesOfSteps(configuration: { steps: unknown }, fault: Fault): FoundRule[] {
  const { steps } = checkAgainst(WHOLE, configuration, [], fault);
  let before: readonly string[] | undefined;
  return steps.flatMap((given, index) => {
    const at = ["steps", index];
    const { type, parameters } = checkAgainst(STEP, given, at, fault);
    const { inputs, outputs, rules } = readStep(type, parameters, at, fault);
    if (before && inputs.join("\n") !== before.join("\n"))
      throw fault([...at, "parameters", "inputs"], "is not what the step before writes", {
        advice:
          "Only steps that go on with each other's output can be taken; give the others a file of their own.",
      });
    before = outputs;
    return rules;
  });
}

function readStep(type: string, parameters: object, at: Path, fault: Fault) {
  const within = [...at, "parameters"];
  if (type === "filter") {
    const { inputs, outputs, filters } = checkAgainst(FILTER, parameters, within, fault);
    return { inputs, outputs, rules: filters.map((entry, i) => ({ entry, at: [...within, "filters", i] })) };
  }
  if (type === "remove_duplicates") {
    const step = checkAgainst(REMOVE_DUPLICATES, parameters, within, fault);
    const near = step.letters_only === true;
    if (near !== (step.lowercase === true))
      throw fault([...within, near ? "letters_only" : "lowercase"], "is done here with the other alone", {
        advice: "Set letters_only and lowercase both, or none.",
      });
    const entry = { DuplicateFilter: { compare: comparedSides(step.compare), near } };
    return { inputs: step.inputs, outputs: step.outputs, rules: [{ entry, at: within }] };
  }
  throw fault([...at, "type"], `the step ${type} is not done here`, {
    advice: INSTEAD_OF_STEPS.get(type) ?? "Steps of type filter and remove_duplicates are.",
  });
}

function comparedSides(compare: "all" | readonly number[] | null | undefined): string {
  if (!Array.isArray(compare) || new Set(compare).size === 2) return "pair";
  return compare[0] === 0 ? "source" : "target";
}
