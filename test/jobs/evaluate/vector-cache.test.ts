import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import type { JobEvent } from "../../../src/events.js";
import { cacheVectors } from "../../../src/jobs/evaluate/vector-cache.js";
import { checkRows } from "../../../src/store/arrays/row-sums.js";
import { crisscross } from "../../cli/terminal.js";
import { flipBit } from "../../flip-bit.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

const TEXTS = ["one", "two", "three", "four"];

/** A cache of four vectors, and where it lies. */
async function filledCache(t: Parameters<typeof temporaryFolder>[0], dimensions = 4) {
  const folder = temporaryFolder(t);
  const cache = await cacheVectors(letterEncoder(dimensions), folder);
  const vectors = await cache.encode(TEXTS);
  await cache.close!();
  const [name] = readdirSync(folder);
  return { folder, place: join(folder, name), vectors };
}

/** Encodes the same texts again. */
async function encodeAgain(folder: string) {
  const events: JobEvent[] = [];
  const encoder = letterEncoder(4);
  const cache = await cacheVectors(encoder, folder, (event) => events.push(event));
  const vectors = await cache.encode(TEXTS);
  await cache.close!();
  const told = events.flatMap((event) => ("message" in event ? [event.message] : []));
  return { vectors, encoded: encoder.encoded, told };
}

test("one flipped bit anywhere in a cache gives no other vector", async (t) => {
  for (const name of ["keys", "rows", "sums"]) {
    const { folder, place, vectors } = await filledCache(t);
    const bits = 8 * statSync(join(place, name)).size;
    for (let bit = 0; bit < bits; bit += 37) {
      flipBit(join(place, name), bit);
      t.deepEqual((await encodeAgain(folder)).vectors, vectors, `${name}, bit ${bit}`);
    }
  }
});

test("a damaged vector is made again, told, and sound from then on", async (t) => {
  const { folder, place } = await filledCache(t);
  flipBit(join(place, "rows"), 200);
  t.deepEqual(await checkRows(place), { sound: 3, damaged: 1, unverified: 0 });
  const { encoded, told } = await encodeAgain(folder);
  t.is(encoded, 1);
  t.deepEqual(told, [`${place}: a remembered vector is damaged, and made again.`]);
  t.deepEqual(await checkRows(place), { sound: 4, damaged: 0, unverified: 0 });
  t.is((await encodeAgain(folder)).encoded, 0);
});

test("a cache without checksums stays good, and what is added to it has some", async (t) => {
  const { folder, place, vectors } = await filledCache(t);
  rmSync(join(place, "sums"));
  t.deepEqual(await checkRows(place), { sound: 0, damaged: 0, unverified: 4 });
  t.deepEqual(await encodeAgain(folder), { vectors, encoded: 0, told: [] });
  const cache = await cacheVectors(letterEncoder(4), folder);
  await cache.encode(["five"]);
  await cache.close!();
  t.deepEqual(await checkRows(place), { sound: 1, damaged: 0, unverified: 4 });
});

test("rows whose keys a killed process has not written are written again", async (t) => {
  const { folder, place, vectors } = await filledCache(t);
  truncateSync(join(place, "keys"), 40);
  t.deepEqual(await encodeAgain(folder), { vectors, encoded: 2, told: [] });
});

test("a full disk ends an evaluation with a sentence, and the next one is right", async (t) => {
  const folder = temporaryFolder(t);
  const sides = ["de", "en"].map((language) => {
    const path = join(folder, language);
    const lines = readFileSync(`samples/town.${language}`, "utf8").split("\n");
    writeFileSync(path, `${lines.slice(0, 12).join("\n")}\n`);
    return path;
  });
  const evaluate = ["evaluate", "xsim", ...sides];
  const cached = [...evaluate, "--cache", join(folder, "cache")];
  // 24 of 36 KiB: the first side fits, and of the second the system takes a part.
  const limited = 'ulimit -f 24; exec "$0" dist/cli/crisscross.js "$@"';
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) =>
    execFile("bash", ["-c", limited, process.execPath, ...cached], (error, _, stderr) =>
      resolve({ code: error?.code, stderr }),
    ),
  );
  t.is(code, 1);
  t.regex(stderr, /^crisscross: .*cache.*: files may not become that large here\./);
  t.is((await crisscross(cached)).stdout, (await crisscross(evaluate)).stdout);
});
