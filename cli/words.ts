import { InvalidArgumentError } from "commander";
import { parse } from "shell-quote";

/**
 * Splits a command line into words by a shell's quoting rules. No shell runs it: then the program can be ended for
 * certain, with all that it started, and its words are known, so that a changed command is noticed. What only a shell
 * could do is refused, not passed on as text.
 */
export function commandWords(text: string): string[] {
  const words = parse<Variable>(text, (variable) => ({ variable }));
  const strange = words.find((word) => typeof word !== "string");
  if (strange !== undefined)
    throw new InvalidArgumentError(
      `It is run without a shell, which would be needed for ${describeWord(strange)}. Quote that, or give sh -c '…'.`,
    );
  if (words.length === 0) throw new InvalidArgumentError("Expected a program and its arguments.");
  return words.filter((word) => typeof word === "string");
}

interface Variable {
  variable: string;
}

function describeWord(word: Exclude<ReturnType<typeof parse<Variable>>[number], string>): string {
  if ("variable" in word) return `$${word.variable}`;
  if ("comment" in word) return `#${word.comment}`;
  return "pattern" in word ? word.pattern : word.op;
}
