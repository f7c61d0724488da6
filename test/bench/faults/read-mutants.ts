import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Mutant, Read, Reading } from "./read-mutants-process.js";
import type { Reader } from "./readers/reader.js";
import { READERS } from "./readers/readers.js";
import type { Tally } from "./tally.js";
import type { Judgement } from "./verdict.js";

const PROCESS = fileURLToPath(new URL("read-mutants-process.js", import.meta.url));
/** A reader that says nothing for this long hangs: the slowest one takes a second. */
const HANG_MS = 30_000;
/** A reader may take so much more than it did for sound files. */
const MEMORY_BYTES = 512 * 2 ** 20;

/** How many faults there are, by which seed, and in which readers or jobs. */
export interface Extent {
  count: number;
  seed: number;
  /** What their names match. */
  only: RegExp;
}

/**
 * Lets every reader read mutants of its files, about as many each, in processes of their own: what hangs or grows is
 * ended, and the next mutant is read by another process.
 */
export async function readMutants({ count, seed, only }: Extent, tally: Tally): Promise<void> {
  const chosen = READERS.filter(({ name }) => only.test(name));
  const end = Math.ceil(count / chosen.length);
  for (const reader of chosen) await readAll(reader, { seed, end }, tally);
}

/** The same with so many flipped bits in each file of those that carry checksums. */
export async function flipBits({ count, seed, only }: Extent, tally: Tally): Promise<void> {
  const chosen = READERS.filter(({ name, isChecked }) => isChecked && only.test(name));
  for (const reader of chosen) await readAll(reader, { seed, end: Infinity, flips: count }, tally);
}

async function readAll(
  reader: Reader,
  reading: Omit<Reading, "reader" | "first">,
  tally: Tally,
): Promise<void> {
  const start = performance.now();
  const index = READERS.indexOf(reader);
  for (let first = 0; first < reading.end; )
    first = await readSome({ ...reading, reader: index, first }, reader.name, tally);
  console.error(`${reader.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** Reads mutants in one process, until its end or the first that does not let it go on; gives the next number. */
async function readSome(reading: Reading, name: string, tally: Tally): Promise<number> {
  const child = fork(PROCESS, [JSON.stringify(reading)], {
    execArgv: ["--max-old-space-size=1024"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let printed = "";
  child.stderr!.on("data", (chunk) => {
    printed = `${printed}${chunk}`.slice(-4000);
  });
  const news = listen(child);
  let last: Mutant = { number: reading.first - 1, what: "the sound files" };
  let soundBytes = Infinity;
  const fail = (verdict: "hang" | "crash" | "memory", detail: string) => {
    tally.add(name, `mutant ${last.number} (${last.what})`, { verdict, detail });
    child.kill("SIGKILL");
    if (last.number < reading.first) throw new Error(`${name}: sound files cannot be read: ${detail}`);
    return last.number + 1;
  };
  for (;;) {
    const told = await news();
    if (told === "nothing") return fail("hang", `nothing came for ${HANG_MS / 1000} s`);
    if (told === "end") {
      if (child.exitCode === 0) return reading.end;
      return fail("crash", `${child.exitCode ?? child.signalCode} ${printed}`);
    }
    if ("what" in told) last = told;
    else if (told.number < reading.first) soundBytes = told.peakBytes;
    else if (told.peakBytes > soundBytes + MEMORY_BYTES)
      return fail("memory", `${told.peakBytes >> 20} MiB, ${soundBytes >> 20} for sound files`);
    else tally.add(name, `mutant ${told.number} (${last.what})`, told.judgement as Judgement);
  }
}

/** What a process says next: a message, its end, or nothing for too long. */
function listen(child: ChildProcess): () => Promise<Mutant | Read | "end" | "nothing"> {
  const messages: (Mutant | Read)[] = [];
  child.on("message", (message) => messages.push(message as Mutant | Read));
  const end = once(child, "close").then(() => "end" as const);
  return async () => {
    if (messages.length > 0) return messages.shift()!;
    let timer: NodeJS.Timeout | undefined;
    const nothing = new Promise<"nothing">((resolve) => {
      timer = setTimeout(() => resolve("nothing"), HANG_MS);
    });
    const found = await Promise.race([end, nothing, once(child, "message").then(() => "message" as const)]);
    clearTimeout(timer);
    return messages.shift() ?? (found === "message" ? "end" : found);
  };
}
