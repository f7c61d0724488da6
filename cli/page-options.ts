import type { Command } from "commander";
import { OptionError } from "../src/errors.js";
import type { PairPagesOptions } from "../src/index.js";
import { PAGE_CANDIDATES, PAGE_SCOPES } from "../src/jobs/align/pages/options.js";
import { choice, decimalNumber, GROUPS } from "./options.js";
import { READ_FLAGS, type ReadFlags } from "./read-options.js";
import { spellOption } from "./spell-option.js";

/** How pages are paired. */
export type PageFlags = Pick<PairPagesOptions, "pages" | "within" | "minPageScore" | "run" | "clean">;

export const PAGE_FLAGS = [
  "pages",
  "within",
  "minPageScore",
  "run",
  "clean",
] as const satisfies (keyof PageFlags)[];

/** The options of a command that takes pages in place of texts. */
export function addPageOptions(command: Command): void {
  command
    .addOption(
      choice(
        "--pages <how>",
        "both are pages (extract --unit page): pair them by address, by vector, or by both, auto",
        PAGE_CANDIDATES,
      ),
    )
    .addOption(
      choice("--within <where>", "of pages: pair those of one host only (default: all)", PAGE_SCOPES),
    )
    .option(
      "--min-page-score <share>",
      "of pages: what a pair must reach (default: 0.3, or 0.1 and a margin)",
      decimalNumber,
    );
}

/** The options that keep what was done with pages. */
export function addPageRunOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.run)
    .option(
      "--run <folder>",
      "of pages: keep every stage there and go on where a run was interrupted; pairs go to its pairs.tsv",
    )
    .option("--clean", "with --run: remove vectors at the end");
}

/** @throws OptionError for an option of pages where there are none */
export function refusePageFlags(flags: PageFlags): void {
  const given = PAGE_FLAGS.find((name) => flags[name] !== undefined);
  if (given)
    throw new OptionError(
      `${spellOption({ option: given })} goes with --pages; expected two files of pages.`,
      {
        advice: "Pass --pages auto, or leave it out.",
      },
    );
}

/** @throws OptionError for an option that says how texts are read */
export function refuseTextFlags(flags: ReadFlags): void {
  const given = READ_FLAGS.find((name) => name !== "onError" && flags[name] !== undefined);
  if (given)
    throw new OptionError(
      `${spellOption({ option: given })} is for texts, but with --pages both inputs are pages, a line of JSON each.`,
      { advice: "Leave it out." },
    );
}
