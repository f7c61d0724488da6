import { pickOptions } from "../../check-options.js";
import { blendEncoders, checkBlendWeight } from "../../embed/blend.js";
import { checkedEncoder } from "../../embed/checked-encoder.js";
import { ENCODER_OPTIONS, type EncoderOptions, openEncoder } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import type { Encoder } from "../../types/encoder.js";
import { refuseOpening } from "./refuse-opening.js";

/** An encoder, which is closed when it is disposed of, unless it was given open. */
export interface HeldEncoder extends AsyncDisposable {
  encoder: Encoder;
}

/**
 * Opens an encoder by its name, or takes one that is open.
 *
 * @throws OptionError if options say how to open one that is open; what `openEncoder` throws
 */
export async function holdEncoder(
  given: string | Encoder | undefined,
  options: EncoderOptions,
): Promise<HeldEncoder> {
  if (typeof given === "object") {
    refuseOpening(options);
    return await blended(checkedEncoder(given), options);
  }
  const encoder = await openEncoder(given, pickOptions(options, ENCODER_OPTIONS));
  return {
    encoder,
    [Symbol.asyncDispose]: async () => {
      await encoder.close?.();
    },
  };
}

/** Mixes another encoder into one that is open; only that other one is closed. */
async function blended(encoder: Encoder, { blend, ...options }: EncoderOptions): Promise<HeldEncoder> {
  if (!blend) return { encoder, [Symbol.asyncDispose]: async () => {} };
  checkBlendWeight(blend.weight);
  const { threads, device, seed, signal, onEvent } = options;
  const second = await openEncoder(blend.encoder, { threads, device, seed, signal, onEvent });
  return {
    encoder: blendEncoders(encoder, second, blend.weight),
    [Symbol.asyncDispose]: async () => {
      await second.close?.();
    },
  };
}

/**
 * The same of an encoder for texts of both sides.
 *
 * @throws OptionError also if it has to be told their languages, and is not
 */
export async function holdForBoth(
  given: string | Encoder | undefined,
  options: EncoderOptions,
): Promise<HeldEncoder> {
  const held = await holdEncoder(given, options);
  try {
    for (const side of ["source", "target"] as const) held.encoder.languages?.codeOf(side);
    return held;
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * The same of an encoder whose vectors depend on a text alone.
 *
 * @throws OptionError if it must be fitted on what it embeds
 */
export async function holdUnfitted(
  given: string | Encoder | undefined,
  options: EncoderOptions,
): Promise<HeldEncoder> {
  const held = await holdEncoder(given, options);
  const { encoder } = held;
  if (!encoder.fit) return held;
  await held[Symbol.asyncDispose]();
  throw new OptionError(
    `${encoder.space} is fitted to both sides together, so it cannot embed one text alone.`,
    { advice: "Give an encoder's folder, or mine the texts directly." },
  );
}
