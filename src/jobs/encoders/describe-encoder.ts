import { join } from "node:path";
import { refuseUnknown } from "../../check-options.js";
import type { EncoderFolder } from "../../embed/folder/encoder-folder.js";
import type { FolderModel } from "../../embed/folder/folder-model.js";
import { listRoutes } from "../../embed/folder/list-modules.js";
import { readSettings } from "../../embed/folder/read-json.js";
import { FOLLOWED, readTokenizerClass } from "../../embed/folder/tokenizer-class.js";
import { findTokenizer, readTokenizerText } from "../../embed/folder/tokenizer-file.js";
import { readTransformer } from "../../embed/folder/transformer-settings.js";
import { listVariants, rankVariants, type Variant } from "../../embed/folder/variants.js";
import { isSameInVersion5 } from "../../embed/folder/version-5.js";
import { folderEncoder } from "../../embed/folder-encoder.js";
import type { EncoderPlace, HubOptions } from "../../embed/hub-encoders.js";
import { HUB_OPTIONS } from "../../embed/hub-encoders.js";
import { NGRAM } from "../../embed/ngram/ngram.js";
import { openSides } from "../../embed/open-folder.js";
import { OptionError } from "../../errors.js";

/** What a folder holds and asks for. */
export interface EncoderFacts {
  /** Where one of the hub lies, and at which commit. */
  hub?: {
    /** Its name on the hub, `owner/name`. */
    repository: string;
    /** The commit that its files are of. */
    commit: string;
    /** Where its files lie. */
    folder: string;
  };
  /** A Transformer's model, or a table of vectors. */
  kind: "transformer" | "static";
  /** Numbers of a vector, as `openEncoder` gives it without options. */
  dimensions: number;
  /** Vectors can be compared where this is the same. */
  space: string;
  /** The route of a router that texts without a task take, where there is one. */
  route?: string;
  /** All its routes, which are names of tasks. */
  routes?: string[];
  /** Where the chat template stands that texts go through, where they do. */
  chatTemplate?: string;
  /** What is done with each token's vector first. */
  tokenSteps: string[];
  /** How token vectors become one, or which output of the model is one; of a Transformer. */
  pooling?: readonly string[];
  /** Whether the model does that and all that follows by itself, but for normalising. */
  poolsItself?: boolean;
  /** Whether a prompt's tokens count in the pooling; of a Transformer. */
  includePrompt?: boolean;
  /** What is done with a sentence's vector. */
  steps: string[];
  /** By name. */
  prompts: Readonly<Record<string, string>>;
  /** The name of the prompt that is used where none is asked for. */
  defaultPrompt?: string;
  /** The prompt that its card asks for and its configuration does not have; used where no other is given. */
  cardPrompt?: string;
  /** The languages of which one has to be told of each text, and where its code is put, where that is so. */
  languages?: {
    /** Their codes. */
    codes: string[];
    /** Which of a text's tokens is the code. */
    place: "first" | "last";
  };
  /** How its tokenizer is taken; of a Transformer. */
  tokenizer?: {
    /** Its class, as far as the folder says. */
    class?: string;
    /** The version of transformers that is followed. */
    follows: string;
    /** Whether the class changes what `tokenizer.json` says. */
    changed: boolean;
    /** Whether transformers 5 makes the same of it, which differs from version 4; where that is known. */
    sameInVersion5?: boolean;
    /** The version of transformers that wrote the folder, as far as it says. */
    writtenBy?: string;
  };
  /** Whether texts are lower-cased, whatever the tokenizer does. */
  lowerCase: boolean;
  /** Longest input in tokens; absent where there is no limit. */
  maxTokens?: number;
  /** Numbers of a vector that the folder keeps, where it cuts vectors (Matryoshka). */
  truncateDimensions?: number;
  /** Model files of a Transformer, the preferred one first. */
  variants: {
    /** As the option `variant` takes it. */
    name: string;
    /** With its external data. */
    bytes: number;
    /** Whether it is the one that these facts are of. */
    opened: boolean;
  }[];
  /** Names of those that the hub has and the cache has not; of one of the hub, where that is known. */
  notFetched?: string[];
}

/**
 * Tells what an encoder's folder is, by its configuration and by opening it.
 *
 * @throws OptionError if it is an encoder without a folder; ModelError if it cannot be used
 */
export async function describeEncoder(name: string, options: HubOptions = {}): Promise<EncoderFacts> {
  if (name === NGRAM)
    throw new OptionError(
      "ngram has no folder to show: it hashes words and their letters, and is fitted to the texts that it embeds.",
    );
  refuseUnknown("describeEncoder", options, HUB_OPTIONS);
  const sides = await openSides(name, options);
  const { found, folder, model } = sides.source;
  const { modules, prompts, truncateDimensions } = folder;
  const isTransformer = modules.input.kind === "transformer";
  await model.close?.();
  const { space, dimensions, maxTokens } = folderEncoder(sides);
  const variants = isTransformer ? listVariants([modules.input.module, folder.path]) : [];
  return {
    hub: found.hub && {
      repository: found.hub.repository,
      commit: found.hub.commit,
      folder: found.path,
    },
    kind: modules.input.kind,
    dimensions,
    space,
    ...(isTransformer && {
      pooling: modules.pools ? modules.pooling : [modules.sentenceOutput ?? []].flat(),
      poolsItself: model.poolsItself,
      includePrompt: modules.includePrompt,
    }),
    route: modules.route,
    routes: modules.route === undefined ? undefined : await listRoutes(folder.path),
    chatTemplate: modules.chat?.name,
    tokenSteps: modules.tokenSteps.map(({ name }) => name),
    steps: modules.steps.map(({ name }) => name),
    prompts: prompts.named,
    defaultPrompt: prompts.defaultName,
    cardPrompt: prompts.ofCard,
    languages: folder.languages && {
      codes: Object.keys(folder.languages.tokens),
      place: folder.languages.place,
    },
    tokenizer: isTransformer ? await describeTokenizer(folder) : undefined,
    lowerCase: model.lowerCase ?? false,
    maxTokens,
    truncateDimensions,
    variants: describeVariants(variants, model),
    notFetched: isTransformer ? notFetched(found, variants) : undefined,
  };
}

async function describeTokenizer({ modules }: EncoderFolder): Promise<EncoderFacts["tokenizer"]> {
  const { overrides } = await readTransformer(modules.input);
  const { name, parts } = await readTokenizerClass(modules.input.path, overrides.tokenizer);
  const json = JSON.parse(readTokenizerText(findTokenizer(modules.input.path)!));
  const { transformers_version: writtenBy } = await readSettings(join(modules.input.path, "config.json"));
  return {
    class: name,
    follows: FOLLOWED,
    changed: parts !== undefined,
    sameInVersion5: isSameInVersion5(name, { ...json, ...parts }),
    writtenBy: typeof writtenBy === "string" ? writtenBy : undefined,
  };
}

function notFetched({ hub }: EncoderPlace, here: readonly Variant[]): string[] | undefined {
  if (!hub?.files) return undefined;
  const names = rankVariants(hub.files).map(({ name }) => name);
  return names.filter((name) => here.every((variant) => variant.name !== name));
}

function describeVariants(variants: readonly Variant[], { file }: FolderModel): EncoderFacts["variants"] {
  return variants.map(({ name, path, bytes }) => ({ name, bytes, opened: path === file }));
}
