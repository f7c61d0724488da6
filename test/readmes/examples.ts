import { readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "shell-quote";
import { crisscross, type Outcome } from "../cli/terminal.js";

/** The examples of a command's help, a line of a shell each. */
export async function examplesOf(command: string): Promise<string[]> {
  const { stdout } = await crisscross([...command.split(" "), "--help"]);
  return [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, line]) => line);
}

/** Names on the hub that are there. */
const ON_HUB = ["BAAI/bge-m3", "intfloat/multilingual-e5-small", "sentence-transformers/LaBSE"];
/** What an example may call a folder of its reader's. */
const FOLDERS = /^(?:\.\/)?(?:models|run|start|trained|static-e5)(?:\/|$)/;
/** Commands whose first arguments are encoders, and how many. */
const ENCODERS: Readonly<Record<string, number>> = {
  "encoders show": 1,
  "encoders pull": 1,
  "encoders remove": 1,
  "evaluate parity": 2,
  distil: 1,
};
const ENCODER_OPTIONS = ["--encoder", "--against", "--from", "--blend"];

/** Of a command line's encoders, those that nobody could open. */
export function unknownEncoders(argv: readonly string[]): string[] {
  const [name, count] =
    Object.entries(ENCODERS).find(([command]) => `${argv.join(" ")} `.startsWith(`${command} `)) ?? [];
  const first = name === undefined ? [] : argv.slice(name.split(" ").length).slice(0, count);
  // The report's --against names a bitext.
  const given = argv.flatMap((word, i) =>
    ENCODER_OPTIONS.includes(word) && argv[0] !== "report" ? [argv[i + 1].replace(/:[\d.]+$/, "")] : [],
  );
  return [...first.filter((word) => !word.startsWith("-")), ...given].filter((encoder) => {
    // `embed --from` names vectors.
    if (encoder.endsWith(".npy")) return false;
    const isOurs = ["builtin", "ngram", "random"].includes(encoder) || FOLDERS.test(encoder);
    return !isOurs && !ON_HUB.includes(encoder.split("@")[0]);
  });
}

/**
 * Runs an example as a shell would, but in this process and its working folder, with the built-in encoder for those of the
 * hub.
 */
export async function runExample(line: string): Promise<Outcome> {
  let last: Outcome = { code: 0, stdout: "", stderr: "" };
  let piped = "";
  for (const words of commandsOf(line)) {
    const [program, ...argv] = words.filter((word) => word !== "&&");
    if (words.includes("&&")) piped = "";
    if (program === "zcat") piped = gunzipSync(readFileSync(argv[0])).toString();
    else if (program === "mkdir") await mkdir(argv.at(-1)!, { recursive: true });
    else if (program === "crisscross") {
      last = await crisscross(
        argv.map((word) => (ON_HUB.includes(word) ? "builtin" : word)),
        piped,
      );
      piped = last.stdout;
      if (last.code !== 0) return last;
    } else throw new Error(`${program}: is no program of the examples`);
  }
  return last;
}

/** The words of each command of a line, with `&&` before one that reads nothing of the one before. */
function commandsOf(line: string): string[][] {
  const commands: string[][] = [[]];
  for (const word of parse(line)) {
    if (typeof word === "string") commands.at(-1)!.push(word);
    else if ("pattern" in word) commands.at(-1)!.push(...expand(word.pattern));
    else if ("op" in word) commands.push(word.op === "&&" ? ["&&"] : []);
  }
  return commands;
}

/** The paths that a pattern with one `*` names. */
function expand(pattern: string): string[] {
  const [before, after] = pattern.split("*");
  const folder = before.includes("/") ? dirname(`${before}x`) : ".";
  return readdirSync(folder)
    .map((name) => (folder === "." ? name : join(folder, name)))
    .filter((path) => path.startsWith(before) && path.endsWith(after))
    .sort();
}
