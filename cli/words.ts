import { InvalidArgumentError } from "commander";
import { parse } from "shell-quote";

/**
 * Takes a command line apart into words by a shell's rules of quoting. No shell will run it: a program is then ended
 * for certain with what it started, and its words are known, which tell a changed command. What only a shell could
 * do is refused, not passed on as text.
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
