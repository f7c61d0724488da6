import { PassThrough, Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import test from "ava";
import { run } from "../../cli/run.js";

/** Runs a command line whose standard output fails with this code. */
async function runInto(code: string, argv: readonly string[]): Promise<{ code: number; stderr: string }> {
  const error = Object.assign(new Error(code), { code, syscall: "write" });
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done(error) });
  const stderr = new PassThrough();
  const printed = text(stderr);
  const { signal } = new AbortController();
  const ended = await run(argv, { stdin: Readable.from([]), stdout, stderr, signal });
  stderr.end();
  return { code: ended, stderr: await printed };
}

for (const argv of [["--help"], ["--version"], ["help", "convert"], ["filter", "--rules"]]) {
  const line = argv.join(" ");

  test(`crisscross ${line} ends quietly when the reader of its pipe has enough`, async (t) => {
    t.deepEqual(await runInto("EPIPE", argv), { code: 0, stderr: "" });
  });

  test(`crisscross ${line} says that it cannot print`, async (t) => {
    const { code, stderr } = await runInto("ENOSPC", argv);
    t.is(code, 1);
    t.regex(stderr, /^crisscross: standard output: cannot be written: ENOSPC\.\n$/);
  });
}
