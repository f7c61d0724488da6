import { formatReportPage } from "../../report/format-page.js";
import type { ReportModel } from "../../report/model.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { findOutput } from "../../store/files/output-path.js";
import { writeWholeText } from "../../store/files/whole-file.js";

/**
 * Writes the page of a report to a file, whole or not at all.
 *
 * @throws OutputError if it cannot be written
 */
export async function writeReport(model: ReportModel, output: string): Promise<void> {
  const { path } = await findOutput(output);
  try {
    await writeWholeText(path, formatReportPage(model));
  } catch (error) {
    throw explainWriteError(error, output);
  }
}
