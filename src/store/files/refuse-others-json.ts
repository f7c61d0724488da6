import { readFile, stat } from "node:fs/promises";
import { OptionError } from "../../errors.js";
import { findOutput, refuseInputs } from "./output-path.js";

/** What we leave beside an output is smaller. */
const MOST_BYTES = 2 ** 26;

/**
 * Keeps a JSON file that is written beside an output, and that its user did not name, from taking the place of what is
 * read or of anything but an earlier one of its kind.
 *
 * @param isOurs whether a JSON object is of its kind
 * @param inputs what is read; only paths count
 * @throws OptionError if it would; OutputError as `findOutput`
 */
export async function refuseOthersJson(
  name: string,
  isOurs: (content: Record<string, unknown>) => boolean,
  inputs: readonly unknown[],
): Promise<void> {
  await refuseInputs(name, inputs);
  const { path, special } = await findOutput(name);
  const found = await stat(path).catch(() => undefined);
  if (!found || (!special && found.size <= MOST_BYTES && isOurs(await readObject(path)))) return;
  throw new OptionError(
    `${name}: is no file that crisscross left there, and what it tells of its output would replace it.`,
    {
      advice: "Move it away, or name another output.",
    },
  );
}

/** Nothing in it where it is no JSON object. */
async function readObject(path: string): Promise<Record<string, unknown>> {
  try {
    return Object(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return {};
  }
}
