import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { ExecutionContext } from "ava";
import lzma from "lzma-native";
import type { InputError } from "../../src/errors.js";
import type { Input, ReadOptions } from "../../src/read/input.js";
import { readSentences } from "../../src/read/read-sentences.js";
import type { Sentence } from "../../src/types/texts.js";
import { madeByCommand, packZstd } from "../zstd/pack-zstd.js";

/** All that `readSentences` gives, and all that it reports. */
export async function read(
  input: Input,
  options: ReadOptions = {},
): Promise<{ sentences: Sentence[]; skipped: InputError[] }> {
  const sentences: Sentence[] = [];
  const skipped: InputError[] = [];
  const onSkip = (error: InputError) => skipped.push(error);
  for await (const batch of readSentences(input, { onSkip, ...options })) sentences.push(...batch);
  return { sentences, skipped };
}

export async function readTexts(input: Input, options?: ReadOptions): Promise<string[]> {
  return (await read(input, options)).sentences.map(({ text }) => text);
}

/** The bytes of `data` as a stream, `size` at a time. */
export async function* inChunks(data: string | Uint8Array, size = Infinity): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(data);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Writes a file into a folder that goes away with the test, and gives its path. */
export async function writeFixture(
  t: ExecutionContext,
  name: string,
  data: string | Uint8Array,
): Promise<string> {
  const path = join(await makeFolder(t), name);
  await writeFile(path, data);
  return path;
}

export async function makeFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "crisscross-read-"));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

/** The text that `BZIP2_LINES` holds: 200 lines of two-byte characters. */
export const LINES = Array.from({ length: 200 }, (_, i) => `${i + 1} žluťoučký kůň ${(i + 1) ** 2}`);
export const TEXT = LINES.map((line) => `${line}\n`).join("");
export const SECOND = "second\n";

export interface Compressed {
  name: string;
  suffix: string;
  /** `TEXT`, checksummed, and `SECOND`. */
  text: Buffer;
  second: Buffer;
  /** Compresses another text; there is no bzip2 to do it. */
  pack?(text: string): Buffer | Promise<Buffer>;
}

/** python3: bz2.compress(TEXT.encode(), 1) */
const BZIP2_LINES = `
QlpoMTFBWSZTWefmYDIAAeHZ3EAQQAB/4AAMggAAQgIAgAMOAFAEuEEeEDO1oa4GpgHqpqpoaMART2QGlVNDRgBqp/gkCqmQwJoUAAAZMgSaUTU0ygDQ
ejBgJ1/XelPKSnKU4KU5SmJSnKUzKW5SmpS5KU3KXLSmpS5KUzKW5SmJSnKU58pTlKYlKcpTMpblKalLkpTcpctKalLkpTMpblKYlKcpUeqS4lz3SXEu
Xibq/VsHpP77pjgbTiDCCCgH0LNpxRg4BaACnEDEhQGYGQVTiAfLKCDQwljGBiQKANp4HYGAygMkW7oBsbUCBjApwMDCW1CBwGoAC0uJ2YBhAOYVU7KE
ToU4U4U4OYG9wHIZD8Dj3o2tSc1BOYnSMLIwka3Coa+A0ZQU4CnAU/q7QrYCnAU/rdiZs+2e89NSTXee1vVhBFrwwiiJlqKK5tRcJVVbnBhF79rg2s04
1StaMc2VFS0qLWVVStRe2e/Gtcb43M421nKPNmsUd2uLKxRGNoV5aMXCpvixEVRdtbG2Nzty9+ec8b23lHc8L5BrDN9Kmzr4yE9Mc2Vr2imHpBEnd3N9
9ycvBzETkWt0oEIpJBpl726GfhaASXyZGZX7yAo7q9Tm8+InlXCvDnj33puSe4fDCG32CGJStgHlTHSG8daGjWsOczvNZ3jfzCEGdsdMi2RhkR4h7Pc6
Ei4CnAUXILLaCnQUxBzd48h7o+HZgmTdrus673ZpVVjwEs7G+TNz2NnADEMzbD4nebfWkqI8yZfzk5rXF5FVjJcQ9EYx3NC3oOxF3DcS4cOSCEWMQTat
Xt88uW+nl55uhvqC3PTM9sFOIpMQFOQSIjxwRDAmOAwW1QsPcpnZi6FnTT90+Vt28TtOn7pZD3ev1vOz3e3sRtPl3fYhuNCd2ai+S7QlLg2/PNumrp08
pU7M3McSgw0zOkVXEl04uKRSXJK42GOiVpJkkjnuXxrSorpno2bgHZHBgtcZlcTAhzbZ271p83Gc+EonJJ0MKHSlnnKOc4pqqFQzhjAKcBCcgk3aC5Q0
1BruGD2dW9etnuXDU9rz5NgJKjSm7fx6AuqydyeU64TYwMTbtS6PsCBMgQJ+gQJ+AQJ4AgTwBAnQECdAQIgECdAQIgQJ/AQJ/gQJ0BAiBAlAgTgCBPIu
5IpwoSHPzMBk`;
const BZIP2_SECOND = "QlpoMTFBWSZTWZbaWc8AAANBgAAQDgGIACAAMQwBDTGpzgB4u5IpwoSEttLOeA==";

export const COMPRESSED: readonly Compressed[] = [
  await packBoth("gzip", ".gz", (text) => gzipSync(text)),
  await packBoth("xz", ".xz", (text) => lzma.compress(text)),
  {
    name: "zstd",
    suffix: ".zst",
    text: madeByCommand("lines.txt.zst"),
    second: madeByCommand("second.txt.zst"),
    pack: packZstd,
  },
  {
    name: "bzip2",
    suffix: ".bz2",
    text: Buffer.from(BZIP2_LINES, "base64"),
    second: Buffer.from(BZIP2_SECOND, "base64"),
  },
];

async function packBoth(
  name: string,
  suffix: string,
  pack: (text: string) => Buffer | Promise<Buffer>,
): Promise<Compressed> {
  return { name, suffix, text: await pack(TEXT), second: await pack(SECOND), pack };
}
