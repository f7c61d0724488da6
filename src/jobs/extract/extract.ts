import { rm } from "node:fs/promises";
import { join } from "node:path";
import { refuseUnknown } from "../../check-options.js";
import type { Input } from "../../read/input.js";
import { RunFolder } from "../../store/run/run-folder.js";
import { note } from "../../wording.js";
import { checkFileNames } from "./check-file-names.js";
import type { ExtractSummary } from "./extract-summary.js";
import { describeLeftOut } from "./find-in-folder.js";
import { findInputs } from "./find-inputs.js";
import { refuseLoss } from "./lost-languages.js";
import { DRAFTS } from "./names.js";
import { checkExtractOptions, EXTRACT_OPTIONS, type ExtractOptions } from "./options.js";
import { sentencesStage } from "./sentences-stage.js";

/**
 * Takes clean sentences out of web dumps and corpora, into a file for each language.
 *
 * Read → normalise → identify → split → rules → identify, a file in each thread, each into its own draft; then
 * near-duplicate documents and repeated texts are left out over all files, in the order of the inputs. So the output
 * depends neither on threads nor on interruptions. The same call goes on where another was killed: a file that has its
 * draft is not read again. Memory: a record for each thread, and `memory`.
 *
 * @param inputs paths of files and folders, and at most one stream
 * @param output a folder, made if it is not there
 * @throws OptionError, also for languages whose files of an earlier run would go without `force`; InputError, OutputError;
 * the signal's reason when it aborts
 */
export async function extract(
  inputs: readonly Input[],
  output: string,
  options: ExtractOptions = {},
): Promise<ExtractSummary> {
  refuseUnknown("extract", options, EXTRACT_OPTIONS);
  const settings = checkExtractOptions(options);
  if (settings.model && !settings.file.languages) checkFileNames(settings.model, options.languageModel!);
  const { signal, clean, force, onEvent = () => {} } = options;
  const run = await RunFolder.open(output, "extract", (news) => onEvent({ kind: "stage", ...news }));
  try {
    if (settings.file.languages) refuseLoss(run, settings.file.languages, { force, onEvent: () => {} });
    await using found = await findInputs(inputs, options, output);
    const leftOut = describeLeftOut(found.leftOut);
    if (leftOut !== undefined) onEvent(note(leftOut));
    const stage = sentencesStage(run, found.files, settings, { signal, force, onEvent });
    const summary = await run.keep(stage);
    // Another try may read what could not be read this time.
    if (summary.unreadable.length > 0) await run.forget(stage.name);
    if (clean) await rm(join(output, DRAFTS), { recursive: true, force: true });
    return summary;
  } finally {
    await run.close();
  }
}
