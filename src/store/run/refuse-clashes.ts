import { basename, dirname } from "node:path";
import { OptionError } from "../../errors.js";
import { findOutput, refuseInputs } from "../files/output-path.js";
import { MANIFEST, readManifest } from "./manifest.js";
import { LOCK } from "./run-folder.js";

/**
 * Keeps outputs from taking the place of what is read, of what a run keeps, or of one another.
 *
 * @param outputs only those that are paths count, of the inputs, too
 * @throws OptionError if an output is an input, a run's file or another output, whatever it is called; OutputError as
 *   `findOutput`
 */
export async function refuseClashes(outputs: readonly unknown[], inputs: readonly unknown[]): Promise<void> {
  const taken = new Set<string>();
  for (const output of outputs) {
    if (typeof output !== "string") continue;
    await refuseInputs(output, inputs);
    const { path, special } = await findOutput(output);
    if (special) continue;
    await refuseRunFile(output, path);
    if (taken.has(path))
      throw new OptionError(`${output}: two outputs would be written there.`, {
        advice: "Name another file for one of them.",
      });
    taken.add(path);
  }
}

/**
 * Keeps an output from taking the place of what a run keeps directly in its folder.
 *
 * @param path where the output really lies
 * @throws OptionError if it is such a file
 */
async function refuseRunFile(output: string, path: string): Promise<void> {
  const folder = dirname(path);
  // What cannot be read as a manifest is of no run.
  const manifest = await readManifest(folder).catch(() => undefined);
  if (!manifest) return;
  const kept = Object.values(manifest.stages).flatMap(({ files, spare }) =>
    Object.keys({ ...files, ...spare }),
  );
  if ([MANIFEST, LOCK, ...kept].includes(basename(path)))
    throw new OptionError(`${output}: belongs to the run in ${folder}, which the output would spoil.`, {
      advice: "Name another file.",
    });
}
