import type { OptionNames } from "../../check-options.js";
import { blendEncoders, checkBlendWeight } from "../../embed/blend.js";
import { checkedEncoder } from "../../embed/checked-encoder.js";
import { findEncoderFolder } from "../../embed/find-folder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import type { LanguageOptions } from "../../embed/languages.js";
import { NGRAM } from "../../embed/ngram/ngram.js";
import { ENCODER_OPTIONS, type EncoderOptions, openEncoder } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import { refuseOpening } from "../../steps/vectors/refuse-opening.js";
import type { Encoder } from "../../types/encoder.js";
import { note, option, optionList, say } from "../../wording.js";
import { cacheVectors } from "./vector-cache.js";

/** The encoder that is evaluated. */
export interface EvaluateOptions extends EncoderOptions {
  /** An encoder, or its name as `openEncoder` takes it. @default "builtin" */
  encoder?: string | Encoder;
  /**
   * A folder that keeps the vectors of sentences, so that each is encoded once.
   * @default none
   */
  cache?: string;
  /** Subtract the mean of each side from its vectors. @default as the encoder asks */
  centre?: boolean;
  /** Add 95 % bootstrap intervals. @default false */
  confidence?: boolean;
}

/** The names of `EvaluateOptions`. */
export const EVALUATE_OPTIONS: OptionNames<EvaluateOptions> = {
  ...ENCODER_OPTIONS,
  encoder: true,
  cache: true,
  centre: true,
  confidence: true,
};

/** The encoder that is evaluated, and another beside it. */
export interface ComparedOptions extends EvaluateOptions {
  /** Compare with this encoder, as it is without options: figures of the difference, with paired bootstrap intervals. */
  against?: string | Encoder;
  /** Which model file of it. @default as of the encoder */
  againstVariant?: string;
}

/** The names of `ComparedOptions`. */
export const COMPARED_OPTIONS: OptionNames<ComparedOptions> = {
  ...EVALUATE_OPTIONS,
  against: true,
  againstVariant: true,
};

/** @throws OptionError if vectors that are given would be kept, or compared with those of an encoder */
export function refuseCache(options: Pick<ComparedOptions, "cache" | "against" | "againstVariant">): void {
  const given = (["cache", "against", "againstVariant"] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (given.length === 0) return;
  throw new OptionError(say`${optionList(given, ", ")}: the vectors are given, and no encoder is opened.`, {
    advice: say`Leave ${given.length === 1 ? "it" : "them"} out.`,
  });
}

/** @throws OptionError if languages are told of texts whose names tell them */
export function refuseLanguages(folder: string, options: LanguageOptions): void {
  const given = (["language", "targetLanguage"] as const).filter((name) => options[name] !== undefined);
  if (given.length === 0) return;
  throw new OptionError(
    say`${optionList(given, ", ")}: the texts of ${folder} are named by their languages.`,
    {
      advice: say`Leave ${given.length === 1 ? "it" : "them"} out.`,
    },
  );
}

/** The encoder of an evaluation, and the one that it is compared with. */
export interface EvaluatedEncoders extends AsyncDisposable {
  encoder: Encoder;
  other?: Encoder;
}

/**
 * Opens the encoders of an evaluation; with a cache they keep what they have encoded. A blend caches its first
 * encoder's vectors, so that its weight can change; an encoder compared with a blend of itself is opened once.
 *
 * @throws OptionError for a cache that could keep nothing, or a variant without an encoder
 */
export async function openEncoders(options: ComparedOptions): Promise<EvaluatedEncoders> {
  const {
    encoder: name,
    cache,
    against,
    againstVariant,
    blend,
    threads,
    device,
    signal,
    onEvent,
    ...own
  } = options;
  if (blend) checkBlendWeight(blend.weight);
  if (againstVariant !== undefined && against === undefined)
    throw new OptionError(
      say`${option("againstVariant")} goes with ${option("against")}, which is not given.`,
      { advice: say`Give ${option("against")}, or leave ${option("againstVariant")} out.` },
    );
  const opened = new Map<string, Encoder>();
  const open = async (given: string | Encoder | undefined, options: EncoderOptions): Promise<Encoder> => {
    if (typeof given === "object") {
      refuseOpening({ ...options, device });
      return checkedEncoder(given);
    }
    const key = JSON.stringify([given, options]);
    const known = opened.get(key);
    if (known) return known;
    const encoder = await openEncoder(given, { ...options, threads, device, signal, onEvent });
    if (encoder.description) onEvent?.(note(encoder.description));
    const remembering =
      cache === undefined || encoder.fit ? encoder : await cacheVectors(encoder, cache, onEvent);
    opened.set(key, remembering);
    return remembering;
  };
  const close = async () => {
    for (const encoder of opened.values()) await encoder.close?.();
  };
  try {
    const { variant, revision, dimensions, seed, task, targetTask } = own;
    const { prompt, promptName, targetPrompt, targetPromptName } = own;
    const prompts = { task, targetTask, prompt, promptName, targetPrompt, targetPromptName };
    const { language, targetLanguage } = own;
    const put = { ...prompts, language, targetLanguage };
    const first = await open(name, defined({ variant, revision, dimensions, seed, ...put }));
    const encoder = blend ? blendEncoders(first, await open(blend.encoder, {}), blend.weight) : first;
    const other =
      against === undefined
        ? undefined
        : await open(
            against,
            defined({ variant: againstVariant ?? (await variantFor(against, variant, { signal, onEvent })) }),
          );
    if (cache !== undefined && ![...opened.values()].some(({ fit }) => !fit))
      throw new OptionError(
        say`${option("cache")} keeps vectors of encoders that are opened by name and not fitted to the texts, unlike ${encoder.space}.`,
        { advice: "Leave it out." },
      );
    return { encoder, other, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A variant of the first encoder means nothing to an encoder without model files. */
async function variantFor(
  against: string | Encoder,
  variant: string | undefined,
  listeners: JobListeners,
): Promise<string | undefined> {
  if (variant === undefined || typeof against === "object" || against === NGRAM) return undefined;
  const found = await findEncoderFolder(against, { ...listeners, weights: false });
  const { modules } = await readEncoderFolder(found);
  return modules.input.kind === "transformer" ? variant : undefined;
}

function defined(options: EncoderOptions): EncoderOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The prompts as a report tells them, where the encoder has any. */
export function promptOf(encoder: Encoder | undefined): { prompt?: string } {
  const prompts = [...new Set(Object.values(encoder?.prompts ?? {}))];
  return prompts.length > 0 ? { prompt: prompts.map((prompt) => JSON.stringify(prompt)).join(" and ") } : {};
}
