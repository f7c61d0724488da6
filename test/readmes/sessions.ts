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

/** Options of a command that leaves something. */
const NEEDS_FOLDER = new Set<unknown>(["-o", "--output", "--run"]);

/**
 * What a README's command prints on both channels: in this process where it needs no shell and leaves no file, else as its
 * reader would run it, in a folder, with this build in place of `npx crisscross`.
 *
 * @throws if the command fails
 */
export async function output(command: string, folder: string): Promise<string> {
  const words = parse(command);
  const isAlone = command.startsWith("npx crisscross ") && words.every((word) => typeof word === "string");
  return isAlone && !words.some((word) => NEEDS_FOLDER.has(word))
    ? inProcess(words.slice(2))
    : inShell(command, folder);
}

async function inProcess(argv: readonly string[]): Promise<string> {
  const printed = new PassThrough();
  const whole = text(printed);
  const { signal } = new AbortController();
  const code = await run(argv, { stdin: Readable.from([]), stdout: printed, stderr: printed, signal });
  printed.end();
  if (code !== 0) throw new Error(`exit code ${code}: ${await whole}`);
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
