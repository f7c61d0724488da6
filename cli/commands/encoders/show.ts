import type { Command } from "commander";
import type { EncoderFacts } from "../../../src/index.js";
import { describeEncoder } from "../../../src/jobs/encoders/describe-encoder.js";
import { printable } from "../../../src/text/printable.js";
import type { Context } from "../../context.js";
import { addVariantOption } from "../../encoder-options.js";
import { addProgressOptions } from "../../options.js";
import { print } from "../../print.js";
import type { ProgressOptions } from "../../progress.js";
import { size } from "../../size.js";
import { withProgress } from "../../with-progress.js";

export function defineCommand(command: Command, context: Context): void {
  command.argument(
    "<encoder>",
    "builtin, a folder in Hugging Face or Model2Vec layout, or a name on the hub",
  );
  addVariantOption(command);
  addProgressOptions(command)
    .option("--json", "print JSON, for programs")
    .addHelpText("after", "\nExample:\n  $ crisscross encoders show intfloat/multilingual-e5-small\n")
    .action((name: string, flags: ShowFlags) => runShow(name, flags, context));
}

type ShowFlags = ProgressOptions & { variant?: string; revision?: string; json?: boolean };

async function runShow(
  name: string,
  { variant, revision, json, ...shown }: ShowFlags,
  context: Context,
): Promise<void> {
  const facts = await withProgress(shown, context, (listeners) =>
    describeEncoder(name, { variant, revision, ...listeners }),
  );
  await print(json ? `${JSON.stringify(facts, null, 2)}\n` : describeFacts(facts), context);
}

function describeFacts(facts: EncoderFacts): string {
  const prompts = Object.entries(facts.prompts).map(
    ([name, prompt]) =>
      `${name} ${JSON.stringify(prompt)}${name === facts.defaultPrompt ? " (default)" : ""}`,
  );
  if (facts.cardPrompt !== undefined)
    prompts.push(`${JSON.stringify(facts.cardPrompt)}, as its card asks (default)`);
  const variants = facts.variants.map(
    ({ name, bytes, opened }) => `${name} ${size(bytes)}${opened ? " (opened)" : ""}`,
  );
  const pooling = facts.pooling?.length ? [facts.pooling.join(" and ")] : [];
  if (facts.poolsItself) pooling.push("by the model itself");
  if (facts.includePrompt === false) pooling.push("without the prompt");
  const { languages } = facts;
  const lines: [name: string, value: string][] = [
    ["kind", facts.kind],
    ["dimensions", `${facts.dimensions}${facts.truncateDimensions ? ", the first of more" : ""}`],
    ["route", facts.route ?? ""],
    ["tasks", facts.routes?.join(", ") ?? ""],
    ["chat template", facts.chatTemplate ?? ""],
    ["each token", facts.tokenSteps.join(", ")],
    ["pooling", pooling.join(", ")],
    ["then", facts.steps.join(", ")],
    ["tokenizer", describeTokenizer(facts.tokenizer)],
    ["letters", facts.lowerCase ? "lower-cased" : ""],
    ["prompts", prompts.join(", ") || "none"],
    ["language code", languages ? `the ${languages.place} token of a text, as --language says` : ""],
    ["languages", languages?.codes.join(", ") ?? ""],
    ["longest input", facts.maxTokens === undefined ? "no limit" : `${facts.maxTokens} tokens`],
    ["variants", variants.join(", ")],
    ["on the hub", facts.notFetched?.join(", ") ?? ""],
    ["revision", facts.hub?.commit ?? ""],
    ["folder", facts.hub?.folder ?? ""],
    ["space", facts.space],
  ];
  return lines
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name.padEnd(15)}${printable(value)}\n`)
    .join("");
}

function describeTokenizer(tokenizer: EncoderFacts["tokenizer"]): string {
  if (!tokenizer) return "";
  const { class: name = "of no class", follows, changed, sameInVersion5, writtenBy } = tokenizer;
  const written = writtenBy ? `; the folder was written by transformers ${writtenBy}` : "";
  const other = sameInVersion5 === false ? "; transformers 5 makes another of it" : "";
  return `${name}, as ${follows} takes it${changed ? ", which changes tokenizer.json" : ""}${other}${written}`;
}
