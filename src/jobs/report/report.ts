import { refuseUnknown } from "../../check-options.js";
import { checkWhole } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import { pause } from "../../flow/pause.js";
import type { Input } from "../../read/input.js";
import type { ReportModel, ReportPart } from "../../report/model.js";
import { makeTemporaryFolder } from "../../store/files/temporary-folder.js";
import { openAgainst } from "./open-against.js";
import { REPORT_OPTIONS, type ReportOptions } from "./options.js";
import { partsOf } from "./parts-of.js";

/**
 * What there is to see of runs, loops, bitexts with scores, and what `filter` and `extract` leave: how scores are
 * distributed, what each threshold keeps, pairs to look at, and what was left out. `formatReportPage` makes a page of it.
 * Memory: of a run its candidates, and some numbers a pair; of a bitext some numbers a pair.
 *
 * @param inputs folders and files; at most one stream
 * @throws OptionError; InputError for a folder of which nothing is known, or a bitext without scores; the signal's reason
 * when it aborts
 */
export async function report(inputs: readonly Input[], options: ReportOptions = {}): Promise<ReportModel> {
  refuseUnknown("report", options, REPORT_OPTIONS);
  const { show = 100, onEvent = () => {} } = options;
  checkWhole({ show });
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new OptionError("There is nothing to report on; expected folders of runs, or bitexts.");
  await using folder = await makeTemporaryFolder();
  await using against = await openAgainst(options, folder.path);
  const settings = { ...options, against, show, onEvent, folder: folder.path };
  const parts: ReportPart[] = [];
  for (const [number, input] of inputs.entries()) {
    parts.push(...(await partsOf(input, settings, number)));
    await pause(options.signal);
  }
  return { parts };
}
