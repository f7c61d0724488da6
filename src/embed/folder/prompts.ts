import { ModelError, OptionError } from "../../errors.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { checkObject } from "./read-json.js";

/** What an encoder that was trained with prompts finds before every sentence. */
export interface PromptOptions {
  /**
   * What sentences are encoded for: `query` or `document`, or the name of a Router's route. Those two have a prompt of
   * their name, as in sentence-transformers' `encode_query` and `encode_document`. @default nothing
   */
  task?: string;
  /** The same of the target's sentences. @default as the source's */
  targetTask?: string;
  /** Text put before every sentence. @default the folder's default prompt */
  prompt?: string;
  /** The same by its name in the folder's configuration, such as `query`. @default its default_prompt_name */
  promptName?: string;
  /** Text put before the target's sentences. @default as the source's */
  targetPrompt?: string;
  /** The same by its name. @default as the source's */
  targetPromptName?: string;
}

/** The prompts that a folder's configuration names. */
export interface NamedPrompts {
  named: Readonly<Record<string, string>>;
  defaultName?: string;
  /** What its card asks for where the configuration has no prompt at all. */
  ofCard?: string;
}

/**
 * @param path the configuration's file
 * @throws ModelError if its prompts are no object, or the default prompt is not among them
 */
export function readPrompts(
  path: string,
  config: { prompts?: unknown; default_prompt_name?: string | null },
): NamedPrompts {
  const prompts = config.prompts ?? {};
  checkObject(path, "prompts", prompts);
  const entries = Object.entries(prompts);
  const named = Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const defaultName = config.default_prompt_name ?? undefined;
  if (defaultName !== undefined && !Object.hasOwn(named, defaultName))
    throw new ModelError(
      `${path}: the default prompt is "${defaultName}", but there is no prompt of that name.`,
    );
  return { named, defaultName };
}

/** Whether a configuration says something of prompts; sentence-transformers writes empty ones where it does not. */
export function hasPrompts({ named, defaultName }: NamedPrompts): boolean {
  return defaultName !== undefined || Object.values(named).some((prompt) => prompt !== "");
}

/**
 * The prompt of each side: the one given, the one named, that of its task, the folder's default, or its card's.
 *
 * @throws OptionError if there is no prompt of that name, or a prompt is given twice
 */
export function choosePrompts(
  encoder: string,
  prompts: NamedPrompts,
  { task, targetTask = task, prompt, promptName, targetPrompt, targetPromptName }: PromptOptions,
): Record<SideName, string> {
  const of = (task?: string) =>
    prompt === undefined && promptName === undefined
      ? promptOfTask(prompts, task)
      : choose(encoder, prompts, prompt, promptName);
  const hasOwn = targetPrompt !== undefined || targetPromptName !== undefined;
  return {
    source: of(task),
    target: hasOwn ? choose(encoder, prompts, targetPrompt, targetPromptName) : of(targetTask),
  };
}

/** Tasks with a prompt of their name, which is empty where the configuration does not have it. */
const PROMPTED_TASKS = ["query", "document"];

function promptOfTask(prompts: NamedPrompts, task?: string): string {
  const { named, defaultName, ofCard = "" } = prompts;
  if (ofCard === "" && task !== undefined && PROMPTED_TASKS.includes(task))
    return Object.hasOwn(named, task) ? named[task] : "";
  return defaultName === undefined ? ofCard : named[defaultName];
}

function choose(encoder: string, { named }: NamedPrompts, prompt?: string, name?: string): string {
  if (name === undefined) return prompt ?? "";
  if (prompt !== undefined)
    throw new OptionError(
      `Both a prompt (${JSON.stringify(prompt)}) and a prompt's name (${name}) are given; expected one of them.`,
    );
  if (Object.hasOwn(named, name)) return named[name];
  const known = Object.keys(named);
  throw known.length > 0
    ? new OptionError(`${encoder}: has no prompt named ${name}; it has ${known.join(", ")}.`)
    : new OptionError(`${encoder}: has no prompt named ${name}, or of any name.`, {
        advice: say`Give the text itself as ${option("prompt")}.`,
      });
}
