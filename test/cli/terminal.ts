import { PassThrough, Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { run } from "../../cli/run.js";

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process, as a terminal that is not one. */
export async function crisscross(
  argv: string[],
  stdin: string | Uint8Array | Readable = "",
  signal = new AbortController().signal,
): Promise<Outcome> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const printed = Promise.all([text(stdout), text(stderr)]);
  const input = stdin instanceof Readable ? stdin : Readable.from([Buffer.from(stdin)]);
  const code = await run(argv, { stdin: input, stdout, stderr, signal });
  stdout.end();
  stderr.end();
  const [out, err] = await printed;
  return { code, stdout: out, stderr: err };
}

/** Runs a command line in this process, whose standard output fails with this code. */
export async function crisscrossInto(
  code: string,
  argv: readonly string[],
  stdin = "",
): Promise<Omit<Outcome, "stdout">> {
  const error = Object.assign(new Error(code), { code, syscall: "write" });
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done(error) });
  const stderr = new PassThrough();
  const printed = text(stderr);
  const { signal } = new AbortController();
  const ended = await run(argv, { stdin: Readable.from([Buffer.from(stdin)]), stdout, stderr, signal });
  stderr.end();
  return { code: ended, stderr: await printed };
}
