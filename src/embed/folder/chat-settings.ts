import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { type ChatTemplate, openTemplate } from "../chat/template.js";
import { chooseTemplate, type FoundTemplates, findChatTemplates } from "./chat-template.js";
import { checkProcessor } from "./check-processor.js";
import { readSettings } from "./read-json.js";
import { readSpecialTokens } from "./special-tokens.js";
import { readTokenizerClass } from "./tokenizer-class.js";
import { type InputPlaces, readTransformer } from "./transformer-settings.js";

/** How texts go through a chat template before they are tokenised. */
export interface ChatSettings {
  /** Where the template stands. */
  name: string;
  template: ChatTemplate;
  /** Whether a message's content is a list of parts, or the text. */
  structured: boolean;
  /** What the template finds beside the messages. */
  variables: Readonly<Record<string, unknown>>;
  /** Whether what the template puts after a text stays where the text is cut. */
  restoresEnd: boolean;
  /** All that a rendered text depends on, for a digest. */
  digest: unknown;
}

/** Models whose templates take plain contents, whatever their words. */
const FLAT_MODELS = ["apertus", "deepseek_v3", "gpt_oss", "seed_oss"];
/** Words of a template that takes a list of parts. */
const OF_PARTS = ["content[0]", ".type", "'type'", '"type"', "item.type", "message.content["];
const FORMATS = ["structured", "flat", "auto"];

/**
 * How a folder's texts go through a chat template; nothing if they do not.
 *
 * @param listed whether a module says so; else they do where there is a template
 * @throws ModelError if there is no template, or one that cannot be rendered here
 */
export async function readChatSettings(
  input: InputPlaces,
  listed: boolean,
): Promise<ChatSettings | undefined> {
  const { file: given, message, call, overrides } = await readTransformer(input);
  if (listed && message === undefined) return undefined;
  const found = await findChatTemplates(input.path);
  if (!listed && found.size === 0) return undefined;
  const file = given ?? join(input.module, "sentence_bert_config.json");
  const { chat_template: asked, restore_suffix: restores = true, ...ofCaller } = call.chat;
  const { name, text } = chooseTemplate(input.path, found, {
    asked,
    where: `${file}: processing_kwargs.chat_template.chat_template`,
    tools: (ofCaller.tools ?? null) !== null,
  });
  if (asked === undefined) checkProcessor(input.path, name);
  const template = openTemplate(name, text);
  const { name: tokenizerClass } = await readTokenizerClass(input.path, overrides.tokenizer);
  const { named, unknown } = await readSpecialTokens(input.path, tokenizerClass);
  const unnamed = unknown.find((token) => !Object.hasOwn(ofCaller, token) && template.reads(token));
  if (unnamed !== undefined)
    throw new ModelError(
      `${name}: takes ${unnamed}, which tokenizer_config.json does not name, though ${tokenizerClass} may have one.`,
      { advice: "Load the encoder with sentence-transformers and save it again." },
    );
  const variables = {
    ...{ tools: null, documents: null, add_generation_prompt: false },
    ...named,
    ...(input.task !== undefined && template.reads("task") && { task: input.task }),
    ...ofCaller,
  };
  const structured = isStructured(
    file,
    message?.format ?? "auto",
    found,
    await modelType(input, overrides.config),
  );
  return {
    name,
    template,
    structured,
    variables,
    restoresEnd: restores !== false && call.cuts,
    digest: { text, structured, variables, restores: restores !== false },
  };
}

async function modelType({ path }: InputPlaces, overrides: Record<string, unknown>): Promise<unknown> {
  return overrides.model_type ?? (await readSettings(join(path, "config.json"))).model_type;
}

function isStructured(file: string, format: unknown, found: FoundTemplates, model: unknown): boolean {
  if (!FORMATS.includes(format as string))
    throw new ModelError(
      `${file}: modality_config.message.format is ${JSON.stringify(format)}; expected one of ${FORMATS.join(", ")}.`,
    );
  if (format !== "auto") return format === "structured";
  if (FLAT_MODELS.includes(model as string)) return false;
  const only = found.size === 1 ? found.get("default")?.text : undefined;
  return only === undefined || OF_PARTS.some((words) => only.includes(words));
}
