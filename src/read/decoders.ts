import { InputError } from "../errors.js";
import { adviseAdding } from "../runtime/install-advice.js";
import { Decompressor } from "../zstd/decompressor.js";
import type { Decoder } from "./decoder.js";
import { Damage } from "./members/damage.js";
import { readGzipMember } from "./members/gzip-member.js";
import { Window } from "./members/window.js";
import { stepTransform } from "./step-transform.js";

/** Decompresses a file; what could be read before a fault is given before `Damage` is thrown. */
export type Unpack = (chunks: AsyncIterable<Buffer>, path: string) => AsyncIterable<Buffer>;

/** By a decoder that is stepped through all chunks. */
export function unpackWith(open: (path: string) => Decoder | Promise<Decoder>): Unpack {
  return async function* (chunks, path) {
    const decoder = await open(path);
    try {
      for await (const chunk of chunks) yield* orDamage(() => decoder.decode(chunk));
      yield* orDamage(() => decoder.finish());
    } finally {
      decoder.close();
    }
  };
}

async function* orDamage(step: () => ReturnType<Decoder["decode"]>): AsyncGenerator<Buffer> {
  try {
    yield* step();
  } catch (cause) {
    throw new Damage(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Member by member, since Node's own gunzip drops what it has decoded where a member ends in a fault. */
export async function* unpackGzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const window = new Window(chunks);
  try {
    while (window.bytes.length > 0 || (await window.grow())) {
      if (await window.holdsOnlyZeros()) return;
      for await (const { bytes } of readGzipMember(window)) yield bytes;
    }
  } finally {
    await window.close();
  }
}

export async function openXz(path: string): Promise<Decoder> {
  const { default: lzma } = await importOptional(path, "lzma-native", () => import("lzma-native"));
  // Without the flag it looks for the ends of streams itself, and fails or loses text where a chunk divides one.
  return stepTransform(lzma.createStream("streamDecoder", { flags: lzma.CONCATENATED }));
}

export async function openZstd(): Promise<Decoder> {
  const decompressor = await Decompressor.open();
  let inFrame = false;
  return {
    *decode(piece) {
      let rest = piece;
      let full = false;
      while (rest.length > 0 || (full && inFrame)) {
        const step = decompressor.step(rest);
        if (step.bytes.length > 0) yield step.bytes;
        rest = rest.subarray(step.consumed);
        full = step.full;
        inFrame = !step.ended;
      }
    },
    finish() {
      if (inFrame) throw new Error("unexpected end of file");
      return [];
    },
    close: () => decompressor[Symbol.dispose](),
  };
}

export async function openBzip2(): Promise<Decoder> {
  const { default: unbzip2 } = await import("unbzip2-stream");
  const stream = unbzip2();
  const decoded: Buffer[] = [];
  let failure: Error | undefined;
  stream.on("data", (part) => decoded.push(part));
  stream.on("error", (error) => {
    // Past its last buffer it reads from undefined: that is how it meets a cut.
    failure ??= error instanceof TypeError ? new Error("unexpected end of file", { cause: error }) : error;
  });
  // It works while it is called: what a call decodes is there when the call returns.
  function* step(act: () => void): Generator<Buffer> {
    act();
    yield* decoded.splice(0);
    if (failure) throw failure;
  }
  return {
    decode: (piece) => step(() => stream.write(piece)),
    finish: () => step(() => stream.end()),
    close: () => stream.destroy(),
  };
}

/** @throws InputError that names the package, if it is missing or its binary does not load here */
export async function importOptional<T>(path: string, name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const problem = `its compression needs the optional package ${name}, which cannot be loaded.`;
    throw new InputError({ path }, problem, {
      advice: `${adviseAdding(name)}, or decompress the file first.`,
      cause,
    });
  }
}
