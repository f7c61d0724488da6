import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { explainModelFile, isThere } from "../../store/files/unreadable.js";
import { readSettings } from "./read-json.js";

/** Where a tokenizer's chat template may be, besides its configuration. */
export const CHAT_TEMPLATE = "chat_template.jinja";
/** Others, each by its name. */
export const CHAT_TEMPLATES = "additional_chat_templates";

/** A chat template where it stands. */
export interface FoundTemplate {
  /** The file, and the field in it. */
  name: string;
  text: string;
}

/** The chat templates of a tokenizer, by name; `default` is the one that is meant where there is but one. */
export type FoundTemplates = ReadonlyMap<string, FoundTemplate>;

/**
 * The chat templates of a folder's tokenizer as transformers finds them: files go before `tokenizer_config.json`.
 *
 * @throws ModelError if they cannot be read, or are none
 */
export async function findChatTemplates(path: string): Promise<FoundTemplates> {
  const found = new Map<string, FoundTemplate>();
  const add = async (name: string, file: string) => {
    if (isThere(file)) found.set(name, { name: file, text: await readText(file) });
  };
  await add("default", join(path, CHAT_TEMPLATE));
  const others = join(path, CHAT_TEMPLATES);
  for (const file of isThere(others) ? (await readdir(others)).sort() : [])
    if (file.endsWith(".jinja")) await add(file.slice(0, -".jinja".length), join(others, file));
  return found.size > 0 ? found : inConfiguration(join(path, "tokenizer_config.json"));
}

async function inConfiguration(file: string): Promise<FoundTemplates> {
  const { chat_template: given } = await readSettings(file);
  if (given === undefined || given === null || given === "") return new Map();
  const field = `${file}: chat_template`;
  if (typeof given === "string") return new Map([["default", { name: field, text: given }]]);
  const listed = Array.isArray(given)
    ? given.map((one) => [one?.name, one?.template])
    : Object.entries(given as object);
  return new Map(
    listed.map(([name, text]) => {
      if (typeof name !== "string" || typeof text !== "string")
        throw new ModelError(
          `${field} has ${JSON.stringify([name, text])}; expected a template's name and text.`,
        );
      return [name, { name: `${field}.${name}`, text }];
    }),
  );
}

/**
 * The template that is meant.
 *
 * @param asked a name, or a template itself
 * @throws ModelError if there are several and none is meant, or none at all
 */
export function chooseTemplate(
  path: string,
  found: FoundTemplates,
  { asked, where, tools }: { asked?: unknown; where: string; tools: boolean },
): FoundTemplate {
  if (asked !== undefined && asked !== null && typeof asked !== "string")
    throw new ModelError(`${where} is ${JSON.stringify(asked)}; expected a template, or the name of one.`);
  const isNamed = !(found.size === 1 && found.has("default"));
  if (typeof asked === "string") return (isNamed && found.get(asked)) || { name: where, text: asked };
  const template = (isNamed && tools && found.get("tool_use")) || found.get("default");
  if (template) return template;
  throw new ModelError(
    found.size === 0
      ? `${path}: has no chat template, though modality_config.message asks for one.`
      : `${path}: has the chat templates ${[...found.keys()].join(", ")}, of which none is the default.`,
    { advice: "Load the encoder with sentence-transformers and save it again." },
  );
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error) => {
    throw explainModelFile(file, error);
  });
}
