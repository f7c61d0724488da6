import type { InputError } from "../../errors.js";
import type { Piece } from "../members/piece.js";

/** Where in a decompressed file a reader of records stands, and the bytes from there on that are in hand. */
export class Cursor {
  bytes: Buffer = Buffer.alloc(0);
  /** The byte of the decompressed file with which `bytes` begins. */
  byte = 0;
  /** What breaks the file off behind `bytes`. */
  fault: InputError | undefined;
  private readonly pieces: AsyncIterator<Piece>;
  /** Where members begin that have not been passed. */
  private members: { byte: number; member: number }[] = [];

  constructor(pieces: AsyncIterable<Piece>) {
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  /** Where the record that begins here is found again: its member if it is the first in it, else the byte. */
  get offset(): number {
    return this.members[0]?.byte === this.byte ? this.members[0].member : this.byte;
  }

  /** Whether a member begins behind the first `at` of the bytes in hand. */
  beginsMember(at: number): boolean {
    return this.members.some(({ byte }) => byte === this.byte + at);
  }

  /** How many of the bytes in hand, `from` of them at least, stand before the next beginning of a member, if one does. */
  nextMember(from: number): number | undefined {
    const next = this.members.find(({ byte }) => byte >= this.byte + from);
    return next && next.byte - this.byte;
  }

  /** Takes in bytes until `length` are there; false if the file ends or breaks off before. */
  async hold(length: number): Promise<boolean> {
    if (this.bytes.length >= length) return true;
    const parts = [this.bytes];
    let held = this.bytes.length;
    while (held < length && !this.fault) {
      const next = await this.pieces.next();
      if (next.done) break;
      const { bytes, member, fault } = next.value;
      this.fault = fault;
      if (bytes.length === 0) continue;
      if (member !== undefined) this.members.push({ byte: this.byte + held, member });
      parts.push(bytes);
      held += bytes.length;
    }
    this.bytes = Buffer.concat(parts);
    return held >= length;
  }

  /** Takes in some more bytes; false if there are none. */
  grow(): Promise<boolean> {
    return this.hold(this.bytes.length + 1);
  }

  drop(length: number): void {
    this.bytes = this.bytes.subarray(length);
    this.byte += length;
    while (this.members.length > 0 && this.members[0].byte < this.byte) this.members.shift();
  }

  /** Goes on behind the fault. */
  passFault(): void {
    this.drop(this.bytes.length);
    this.fault = undefined;
  }

  async close(): Promise<void> {
    await this.pieces.return?.();
  }
}
