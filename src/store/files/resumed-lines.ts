import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { nameUnfinished, openUnfinished } from "./open-unfinished.js";
import { readUpTo, writeFully } from "./whole-io.js";

const LF = 0x0a;
const BUFFER_BYTES = 2 ** 16;

/** Writes lines one after the other; a later run goes on after the last that is whole. */
export class ResumedLines {
  private constructor(
    private readonly file: FileHandle,
    private readonly path: string,
    /** Whole lines so far. */
    public length: number,
    private bytes: number,
  ) {}

  /** Opens `path`, which holds whatever an earlier run left, or nothing. */
  static async open(path: string): Promise<ResumedLines> {
    const file = await openUnfinished(path);
    let [lines, whole, position] = [0, 0, 0];
    const buffer = Buffer.alloc(BUFFER_BYTES);
    for (;;) {
      const read = await readUpTo(file, buffer, position);
      if (read === 0) break;
      for (let at = buffer.indexOf(LF); at >= 0 && at < read; at = buffer.indexOf(LF, at + 1)) {
        lines++;
        whole = position + at + 1;
      }
      position += read;
    }
    await file.truncate(whole);
    return new ResumedLines(file, path, lines, whole);
  }

  async append(line: string): Promise<void> {
    const bytes = Buffer.from(`${line}\n`);
    await writeFully(this.file, bytes, this.bytes);
    this.bytes += bytes.length;
    this.length++;
  }

  /** Gives the complete file its name. */
  async finish(name: string): Promise<void> {
    await nameUnfinished(this.file, this.path, name);
  }

  /** Leaves what is there for a later run. */
  async close(): Promise<void> {
    await this.file.close();
  }
}

/** The lines of a file that is complete. */
export async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8")) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
