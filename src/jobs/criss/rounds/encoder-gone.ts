import { existsSync } from "node:fs";
import { join } from "node:path";
import { FOLDERS, STAGES } from "../../../steps/runs/loop-names.js";
import type { Loop } from "../loop.js";

/** An encoder that was dropped is needed once more, since the one after it is to be made again. */
export class EncoderGone extends Error {
  constructor(readonly round: number) {
    super(`the encoder of round ${round} is gone`);
  }
}

/** Has those encoders trained again, from the first that is gone in a row. */
export async function forgetGone({ run, first }: Loop, { round }: EncoderGone): Promise<void> {
  const gone: string[] = [];
  for (let i = round; i >= first && !existsSync(join(run.path, FOLDERS.encoderOf(i))); i--)
    gone.push(STAGES.encoder(i));
  await run.forget(...gone);
}
