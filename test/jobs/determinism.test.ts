import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { WINDOW } from "../../src/embed/embed.js";
import { embedFile } from "../../src/jobs/embed-file.js";
import { open, TRANSFORMER } from "../embed/folders.js";
import { randomNumbers } from "../random.js";
import { temporaryFolder } from "../temporary-folder.js";

/** A model that quantises its activations a batch at a time, as 8-bit models do. */
const QUANTISED = { encoder: TRANSFORMER, variant: "dynamic" };

/** Two whole windows of lines and a part of one, of one to five words. */
function writeLines(folder: string): string {
  const words = ["the", "mill", "miller", "by", "river"];
  const random = randomNumbers(5);
  const line = () =>
    Array.from({ length: 1 + Math.floor(5 * random()) }, () => words[Math.floor(5 * random())]).join(" ");
  const path = join(folder, "lines.txt");
  writeFileSync(path, `${Array.from({ length: 2 * WINDOW + 100 }, line).join("\n")}\n`);
  return path;
}

test("the vector of an 8-bit model depends on its batch mates, so the tests below can fail", async (t) => {
  const encoder = await open(TRANSFORMER, t, { variant: "dynamic" });
  const alone = await encoder.encode(["the mill"]);
  const among = await encoder.encode(["the mill", "by river"]);
  t.notDeepEqual(among.subarray(0, 2), alone);
});

test("an 8-bit model gives the same bytes whatever the threads", async (t) => {
  const folder = temporaryFolder(t);
  const lines = writeLines(folder);
  const files = [1, 2, 4].map((threads) => ({ threads, output: join(folder, `${threads}.npy`) }));
  for (const { threads, output } of files) await embedFile(lines, output, { ...QUANTISED, threads });
  const [one, ...others] = files.map(({ output }) => readFileSync(output));
  for (const other of others) t.deepEqual(other, one);
});

test("an 8-bit model gives the same bytes wherever a run was interrupted", async (t) => {
  const folder = temporaryFolder(t);
  const lines = writeLines(folder);
  const whole = join(folder, "whole.npy");
  await embedFile(lines, whole, QUANTISED);
  for (const stopAt of [1, WINDOW + 1, 2 * WINDOW + 1]) {
    const resumed = join(folder, `resumed-${stopAt}.npy`);
    const stop = new AbortController();
    await t.throwsAsync(
      embedFile(lines, resumed, {
        ...QUANTISED,
        signal: stop.signal,
        onEvent: (event) => {
          if (event.kind === "progress" && event.done >= stopAt) stop.abort(new Error("interrupted"));
        },
      }),
    );
    const { kept } = await embedFile(lines, resumed, QUANTISED);
    t.is(kept % WINDOW, 0);
    t.deepEqual(readFileSync(resumed), readFileSync(whole));
  }
});
