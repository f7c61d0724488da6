import test from "ava";
import type { CommanderError } from "commander";
import { parse } from "shell-quote";
import { commandLines, commandsOf, inertProgram, optionsOf, wholeProgram } from "./command-lines.js";
import { codeOf, linksOf, PAGES, prose, READMES, readPage, TOP } from "./find.js";

const commands = commandsOf(await wholeProgram());
const names = new Set(commands.map(({ name }) => name));
const rows = [...readPage(TOP).matchAll(/^\| \[`([a-z ]+)`\]\(([^)#]+)/gm)];
const chapters = new Map(rows.map(([, name, chapter]) => [name, chapter]));

test("the README's table has every command, and no other", (t) => {
  t.deepEqual([...chapters.keys()].sort(), [...names].sort());
});

for (const { name, command } of commands)
  test(`every option of ${name} is told on the first page, in its chapter or one link from there`, (t) => {
    const chapter = chapters.get(name)!;
    const near = new Set([TOP, chapter, ...linksOf(chapter).map(({ path }) => path)]);
    const told = READMES.filter((path) => near.has(path))
      .map(prose)
      .join("\n");
    const untold = optionsOf(command).filter((option) => !mentions(told, option));
    t.deepEqual(untold, []);
  });

for (const page of PAGES) {
  test(`${page}: the command line takes every command that is shown`, async (t) => {
    t.deepEqual(await refused(commandLines(page)), []);
  });

  test(`${page}: every option that is mentioned is there`, (t) => {
    t.deepEqual(codeOf(page).flatMap(unknownOptions), []);
  });
}

/** Of whole command lines, those that end in wrong usage, each with what is said. */
async function refused(lines: readonly string[][]): Promise<string[]> {
  const reasons: string[] = [];
  for (const argv of lines.filter((words) => !names.has(words.join(" "))))
    try {
      const program = await inertProgram(argv);
      await program.parseAsync(argv, { from: "user" });
    } catch (error) {
      const { exitCode, message } = error as CommanderError;
      if (exitCode !== 0) reasons.push(`${argv.join(" ")}: ${message}`);
    }
  return reasons;
}

function mentions(text: string, option: string): boolean {
  return new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(text);
}

/** Of code such as `--columns url` or `evaluate bucc --gold`: the options that the command, or all, do not have. */
function unknownOptions(code: string): string[] {
  const words = parse(code).filter((word) => typeof word === "string");
  if (words[0] === "npx") words.shift();
  if (words[0] === "crisscross") words.shift();
  const named = commands.filter(({ name }) => `${words.join(" ")} `.startsWith(`${name} `));
  const meant = words[0]?.startsWith("--") ? commands : named;
  if (meant.length === 0) return [];
  const known = new Set(["--help", "--version", ...meant.flatMap(({ command }) => optionsOf(command))]);
  return words.filter((word) => word.startsWith("--") && !known.has(word));
}
