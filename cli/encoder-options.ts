import { type Command, InvalidArgumentError } from "commander";
import { DEVICES } from "../src/types/device.js";
import { choice, decimalNumber, GROUPS, positiveNumber } from "./options.js";

/** The options of a command that embeds two sides. */
export function addEncoderOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.encoder)
    .option(
      "--encoder <name>",
      "builtin, ngram, a folder in Hugging Face or Model2Vec layout, or a name on the hub (default: builtin)",
    );
  addVariantOption(command);
  addDeviceOption(command);
  addVectorOptions(command, "256 for ngram, else all");
  addTaskOption(command);
  command
    .option("--target-task <name>", "another task for the target side (default: as --task)")
    .option("--target-prompt <text>", "another prompt for the target side")
    .option("--target-prompt-name <name>", "use the folder's prompt of this name for the target side");
  addLanguageOption(command, "the source");
  command.option("--target-language <code>", "the language of the target, for such an encoder");
  addBlendOption(command);
}

/** The options of a command that embeds one text with one encoder. */
export function addOneEncoderOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.encoder)
    .option(
      "--encoder <name>",
      "builtin, a folder in Hugging Face or Model2Vec layout, or a name on the hub (default: builtin)",
    );
  addVariantOption(command);
  addDeviceOption(command);
  addVectorOptions(command);
  addTaskOption(command);
  addLanguageOption(command, "the text");
  addBlendOption(command);
}

/** The language of a text, which some encoders have to be told. */
export function addLanguageOption(command: Command, text: string): void {
  command.option(
    "--language <code>",
    `the language of ${text}, for an encoder of a translator, e.g. en_XX or en`,
  );
}

/** What runs the layers of an encoder. */
export function addDeviceOption(command: Command): void {
  command
    .optionsGroup(GROUPS.encoder)
    .addOption(
      choice("--device <name>", "what runs a Transformer: the CPU, or a GPU (default: cpu)", DEVICES),
    );
}

function addTaskOption(command: Command): void {
  command.option("--task <name>", "what sentences are encoded for: query, document, or a route of a Router");
}

/** What can be said of how texts become vectors, whichever encoder does it. */
export function addVectorOptions(command: Command, dimensions = "the folder's"): void {
  command
    .optionsGroup(GROUPS.encoder)
    .option("--dimensions <n>", `size of the vectors (default: ${dimensions})`, positiveNumber)
    .option("--prompt <text>", "text put before every sentence (default: the folder's, or its card's)")
    .option("--prompt-name <name>", "use the folder's prompt of this name, e.g. query");
}

function addBlendOption(command: Command): void {
  command.option(
    "--blend <name:weight>",
    "mix in a second encoder with this weight, e.g. builtin:0.3",
    (text) => {
      const colon = text.lastIndexOf(":");
      if (colon < 1)
        throw new InvalidArgumentError("Expected an encoder and its weight, such as models/static:0.3.");
      return { encoder: text.slice(0, colon), weight: decimalNumber(text.slice(colon + 1)) };
    },
  );
}

/** Which of an encoder's model files, and of the hub's revisions. */
export function addVariantOption(command: Command): void {
  command
    .optionsGroup(GROUPS.encoder)
    .option(
      "--variant <name>",
      "which model file of the folder, e.g. quantized or q4 (default: float32 if there is one)",
    )
    .option("--revision <name>", "branch, tag or commit of an encoder on the hub (default: main)");
}
