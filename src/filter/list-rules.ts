import { z } from "zod";
import { RULES } from "./rules.js";

/** An option of a rule. */
export interface RuleOption {
  /** As a configuration calls it. */
  name: string;
  /** Its value where it is left out; absent where it must be given, or has none. */
  default?: unknown;
  /** What it says. */
  description: string;
}

/** A rule and its options, for people. */
export interface RuleFacts {
  /** As a configuration calls it. */
  name: string;
  /** The tool whose rule of that name it is. */
  origin: string;
  /** What it measures, and which pairs it keeps. */
  description: string;
  /** Its options with their defaults, and a sentence each. */
  options: RuleOption[];
}

/** Every rule with its options, from the schemas that check them; `name`, which all have, is left out. */
export function listRules(): RuleFacts[] {
  return RULES.map(({ name, origin, description, options }) => {
    const { properties = {} } = z.toJSONSchema(options, { io: "input" }) as {
      properties?: Record<string, { description: string; default?: unknown }>;
    };
    return {
      name,
      origin,
      description,
      options: Object.entries(properties)
        .filter(([option]) => option !== "name")
        .map(([option, facts]) => ({ name: option, default: facts.default, description: facts.description })),
    };
  });
}
