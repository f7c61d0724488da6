import type { Command } from "commander";
import { OptionError } from "../../../src/errors.js";
import type { AlignedFolderOptions, AlignedOptions, VectorsFolderOptions } from "../../../src/index.js";
import { evaluateXsim } from "../../../src/jobs/evaluate/aligned.js";
import { evaluateXsimFolder } from "../../../src/jobs/evaluate/xsim-folder.js";
import type { Context } from "../../context.js";
import { addFolderOptions } from "../../folder-options.js";
import { addVectorsBesideOptions, addVectorsFolder } from "../../options.js";
import { addReadOptions, READ_FLAGS, readOptionsOf } from "../../read-options.js";
import { REPORT_FLAGS } from "../../report.js";
import { withoutFlags } from "../../without-flags.js";
import { addEvaluationOptions, addMarginOptions, addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("<source>", "a sentence on each line; or a folder of texts named by language, such as FLORES+")
    .argument("[target]", "their translations, line by line; not with a folder");
  addFolderOptions(command);
  addReadOptions(command);
  addMarginOptions(command);
  addEvaluationOptions(command);
  addVectorsBesideOptions(command, "a line");
  addVectorsFolder(command);
  addReportOptions(command);
  command
    .addHelpText(
      "after",
      `
Examples:
  $ crisscross evaluate xsim flores.deu flores.eng --encoder sentence-transformers/LaBSE
  $ crisscross evaluate xsim floresp/ --split devtest --languages deu_Latn,fra_Latn
`,
    )
    .action((source: string, target: string | undefined, flags) => {
      const options: AlignedOptions & AlignedFolderOptions & VectorsFolderOptions = {
        ...withoutFlags(flags, ...REPORT_FLAGS, ...READ_FLAGS),
        ...readOptionsOf(flags),
      };
      return report(context, flags, (listeners) => {
        if (target === undefined) {
          refuseTwoFiles(options);
          return evaluateXsimFolder(source, { ...options, ...listeners });
        }
        refuseFolderOptions(options);
        return evaluateXsim(source, target, { ...options, ...listeners });
      });
    });
}

function refuseFolderOptions(options: AlignedFolderOptions & VectorsFolderOptions): void {
  if (options.vectorsFolder !== undefined)
    throw new OptionError("--vectors-folder has the vectors of a folder's texts, but two files are given.", {
      advice: "Give their vectors as --source-vectors and --target-vectors.",
    });
  const names = ["languages", "pivot", "allPairs", "split"] as const;
  if (names.every((name) => options[name] === undefined)) return;
  throw new OptionError(
    "Languages, a pivot, all pairs and a split are chosen among the texts of a folder, but two files are given.",
    { advice: "Leave them out, or give a folder." },
  );
}

function refuseTwoFiles({ sourceVectors, targetVectors }: AlignedOptions): void {
  if ((sourceVectors ?? targetVectors) === undefined) return;
  throw new OptionError("--source-vectors and --target-vectors are of two files, but a folder is given.", {
    advice: "Give the folder of its texts' vectors as --vectors-folder.",
  });
}
