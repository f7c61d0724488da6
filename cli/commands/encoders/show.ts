import { Command } from "commander";
import { describeEncoder, type EncoderFacts } from "../../../src/index.js";
import type { Context } from "../../context.js";

export function show({ stdout }: Context): Command {
  return new Command("show")
    .description("Kind, dimensions, pooling, prompts, model files and longest input of an encoder's folder.")
    .argument("<folder>", "builtin, or one in Hugging Face or Model2Vec layout")
    .option("--variant <name>", "which model file to open (default: float32 if there is one)")
    .option("--json", "for programs")
    .addHelpText("after", "\nExample:\n  $ crisscross encoders show multilingual-e5-small\n")
    .action(async (folder: string, { variant, json }: { variant?: string; json?: boolean }) => {
      const facts = await describeEncoder(folder, { variant });
      stdout.write(json ? `${JSON.stringify(facts, null, 2)}\n` : describe(facts));
    });
}

function describe(facts: EncoderFacts): string {
  const prompts = Object.entries(facts.prompts).map(
    ([name, prompt]) =>
      `${name} ${JSON.stringify(prompt)}${name === facts.defaultPrompt ? " (default)" : ""}`,
  );
  const variants = facts.variants.map(
    ({ name, bytes, opened }) => `${name} ${size(bytes)}${opened ? " (opened)" : ""}`,
  );
  const pooling = [facts.pooling?.join(" and ") ?? ""];
  if (facts.poolsItself) pooling.push("by the model itself");
  if (facts.includePrompt === false) pooling.push("without the prompt");
  const lines: [name: string, value: string][] = [
    ["kind", facts.kind],
    ["dimensions", `${facts.dimensions}${facts.truncateDimensions ? ", the first of more" : ""}`],
    ["pooling", pooling.join(", ")],
    ["then", facts.steps.join(", ")],
    ["letters", facts.lowerCase ? "lower-cased" : ""],
    ["prompts", prompts.join(", ") || "none"],
    ["longest input", facts.maxTokens === undefined ? "no limit" : `${facts.maxTokens} tokens`],
    ["variants", variants.join(", ")],
    ["space", facts.space],
  ];
  return lines
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name.padEnd(15)}${value}\n`)
    .join("");
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`;
}
