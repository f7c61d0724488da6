import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { parse } from "shell-quote";
import { run } from "../../cli/run.js";
import { blocks, READMES } from "./find.js";

export interface Session {
  page: string;
  command: string;
  /** What the page shows below the command. */
  printed: string;
}

/** Every session at a terminal that a README shows. */
export const SESSIONS: readonly Session[] = READMES.flatMap((page) =>
  blocks(page, "console").map((block) => {
    const [prompt, ...lines] = block.split("\n");
    return { page, command: prompt.replace(/^\$ /, ""), printed: lines.join("\n") };
  }),
);

/**
 * What a README's command prints on both channels: in this process where it needs no shell and leaves no file, else as its
 * reader would run it, in a folder, with this build in place of `npx crisscross`.
 */
export async function output(command: string, folder: string): Promise<string> {
  const [npx, crisscross, ...argv] = parse(command).filter((word) => typeof word === "string");
  const isAlone = parse(command).length === argv.length + 2 && npx === "npx" && crisscross === "crisscross";
  if (!isAlone || argv.some((word) => ["-o", "--output", "--run"].includes(word)))
    return inShell(command, folder);
  const printed = new PassThrough();
  const whole = text(printed);
  await run(argv, {
    stdin: Readable.from([]),
    stdout: printed,
    stderr: printed,
    signal: new AbortController().signal,
  });
  printed.end();
  return whole;
}

function inShell(command: string, folder: string): string {
  const program = `"${process.execPath}" "${resolve("dist/cli/crisscross.js")}"`;
  const script = `npx() { shift; ${program} "$@"; }; { ${command}; } 2>&1`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8", cwd: folder });
}

/** A folder as a reader has it who stands in a clone. */
export function inClone(folder: string): string {
  symlinkSync(resolve("samples"), join(folder, "samples"));
  return folder;
}
