import { InputError } from "../../errors.js";
import { say } from "../../wording.js";
import { HEAD_BYTES, recogniseCodec } from "../codecs.js";
import { decompress } from "../decompress.js";
import { SKIP } from "../faults.js";
import { Damage } from "./damage.js";
import { readGzipMember } from "./gzip-member.js";
import { faultPiece, type Piece } from "./piece.js";
import { Window } from "./window.js";
import { ZstdFrames } from "./zstd-frame.js";

/** How a kind of member begins, and what reads the one that a window begins with. */
interface MemberKind {
  name: string;
  mark: Buffer;
  read(window: Window): AsyncGenerator<Piece>;
  close(): void;
}

/**
 * Decompresses a file of which each gzip member or zstd frame may hold a record of its own, and tells where they begin.
 * A damaged member costs itself: the next one is looked for. What cannot be read is a fault among the pieces.
 *
 * @param file the file's name, if it has one: what its suffix promises must be there
 */
export async function* readMembers(
  chunks: AsyncIterable<Buffer>,
  path: string,
  file?: string,
): AsyncGenerator<Piece> {
  const window = new Window(chunks);
  let kind: MemberKind | undefined;
  try {
    await window.hold(HEAD_BYTES);
    kind = await openKind(recogniseCodec(window.bytes, path, file).name, window, path);
    if (kind) yield* readEach(window, kind, path);
    else for await (const bytes of decompress(window.rest(), path, file)) yield { bytes };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    yield faultPiece(error);
  } finally {
    kind?.close();
    await window.close();
  }
}

async function openKind(codec: string, window: Window, path: string): Promise<MemberKind | undefined> {
  if (codec === "gzip")
    return { name: codec, mark: Buffer.from("1f8b08", "hex"), read: readGzipMember, close: () => {} };
  if (codec !== "zstd") return undefined;
  const frames = await ZstdFrames.open(window, path);
  return {
    name: codec,
    mark: Buffer.from("28b52ffd", "hex"),
    read: (window) => frames.read(window),
    close: () => frames[Symbol.dispose](),
  };
}

async function* readEach(
  window: Window,
  { name, mark, read }: MemberKind,
  path: string,
): AsyncGenerator<Piece> {
  while (window.bytes.length > 0 || (await window.grow())) {
    if (await window.holdsOnlyZeros()) return;
    const member = window.offset;
    try {
      yield* read(window);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      yield faultPiece(describeDamage(name, { path, byte: member }, error));
      if (window.offset === member) window.drop(1);
      if (!(await window.seek(mark))) return;
    }
  }
}

function describeDamage(codec: string, place: { path: string; byte: number }, cause: Damage): InputError {
  const problem = `the ${codec} data that begin here are cut short or damaged (${cause.message}).`;
  return new InputError(place, problem, {
    advice: say`Fetch the file again, or pass ${SKIP} to keep the rest.`,
    cause,
  });
}
