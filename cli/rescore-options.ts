import { type Command, InvalidArgumentError } from "commander";
import { decimalNumber, GROUPS, listOf } from "./options.js";

/** The options that say what re-scores pairs. */
export function addRescoreOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.rescore)
    .option(
      "--rescore <name>",
      "score pairs by a cross-encoder or BGE-M3: a folder in ONNX, or a name on the hub, owner/name",
    )
    .option(
      "--rescore-variant <name>",
      "which of its model files, e.g. quantized (default: float32 if there is one)",
    )
    .option(
      "--rescore-weights <dense,sparse,colbert>",
      "what BGE-M3's three scores count in their mean (default: 1,0.3,1)",
      (text) => {
        const weights = listOf(decimalNumber)(text);
        if (weights.length === 3) return weights;
        throw new InvalidArgumentError("Expected three numbers, such as 1,0.3,1.");
      },
    );
}
