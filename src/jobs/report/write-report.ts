import type { Writable } from "node:stream";
import { formatReportPage } from "../../report/format-page.js";
import type { ReportModel } from "../../report/model.js";
import { openText } from "../../write/text-sink.js";

/**
 * Writes the page of a report: a file is there whole or not at all, and is compressed if its name ends in `.gz` or `.zst`.
 *
 * @throws OutputError if it cannot be written; the signal's reason when it aborts
 */
export async function writeReport(
  model: ReportModel,
  output: string | Writable,
  signal?: AbortSignal,
): Promise<void> {
  await using sink = openText(output, signal);
  await sink.write(formatReportPage(model));
  await sink.finish();
}
