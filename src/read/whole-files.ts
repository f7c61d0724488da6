import { stat } from "node:fs/promises";
import { HEAD_BYTES, recogniseWhole } from "./codecs.js";
import type { Input } from "./input.js";
import { openBytes } from "./open.js";
import { peek } from "./peek.js";

/** What an input is, if it is a file that cannot be read as a stream; one that cannot be opened is for its reader to tell. */
export async function findWhole(input: Input): Promise<ReturnType<typeof recogniseWhole>> {
  if (typeof input !== "string") return undefined;
  const file = await stat(input).catch(() => undefined);
  if (!file?.isFile()) return undefined;
  const { head, close } = await peek(openBytes(input, input), HEAD_BYTES);
  await close();
  return recogniseWhole(head);
}
