import { z } from "zod";
import { RULES } from "./rules.js";

/** A rule and its options, for people. */
export interface RuleFacts {
  name: string;
  origin: string;
  description: string;
  options: { name: string; default?: unknown; description: string }[];
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
