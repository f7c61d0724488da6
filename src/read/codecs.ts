import { InputError } from "../errors.js";
import { option, say, type Wording } from "../wording.js";
import { openBzip2, openXz, openZstd, type Unpack, unpackGzip, unpackWith } from "./decoders.js";

export interface Codec {
  name: string;
  suffix: string;
  /** Whether data that begin so are of this kind. */
  begins(head: Buffer): boolean;
  unpack: Unpack;
}

/** The longest beginning by which data are known: that of SQLite. */
export const HEAD_BYTES = 16;

const PLAIN: Codec = { name: "plain", suffix: "", begins: () => true, unpack: (chunks) => chunks };

/** How files begin that hold others, or are read from their end: not as a stream of bytes. */
const WHOLE = {
  parquet: beginsWith(/^50415231(0[0-8]|1[0-9a-f])/),
  zip: beginsWith(/^504b(0304|0506|0708)/),
};

/** What a file that begins with `head` is, if it cannot be read as a stream. */
export function recogniseWhole(head: Buffer): keyof typeof WHOLE | undefined {
  return (Object.keys(WHOLE) as (keyof typeof WHOLE)[]).find((kind) => WHOLE[kind](head));
}

interface Unread extends Pick<Codec, "name" | "begins"> {
  /** How the names of those end that may hold texts. */
  suffix?: string;
  advice: Wording;
}

const DECOMPRESS = "Decompress the file first.";
const EXPORT = "Export it as TSV or JSON lines first.";

/** Known so that an error can name them. What might begin a text needs bytes that no text has. */
const UNREAD: readonly Unread[] = [
  { name: "lz4", suffix: ".lz4", begins: beginsWith(/^04224d18/), advice: DECOMPRESS },
  {
    name: "zip",
    suffix: ".zip",
    begins: WHOLE.zip,
    advice: "Unpack it first, or export it as TSV if it is a spreadsheet (xlsx).",
  },
  {
    name: "lzma",
    suffix: ".lzma",
    begins: beginsWith(/^5d0000/),
    advice: "Decompress the file first, for example with xz -d.",
  },
  {
    name: "zlib",
    // "xک" begins so, too; a last character may be cut.
    begins: (head) =>
      beginsWith(/^78(01|9c|da)/)(head) && /\ufffd./s.test(head.toString("utf8", 0, HEAD_BYTES)),
    advice: "Decompress the file first, for example with zlib-flate -uncompress.",
  },
  { name: "7z", suffix: ".7z", begins: beginsWith(/^377abcaf271c/), advice: DECOMPRESS },
  { name: "rar", suffix: ".rar", begins: beginsWith(/^526172211a07/), advice: DECOMPRESS },
  {
    name: "Parquet",
    begins: WHOLE.parquet,
    advice: say`Name the file itself, not a stream, with ${option("format", "parquet")}.`,
  },
  { name: "Arrow", suffix: ".arrow", begins: beginsWith(/^4152524f57310000/), advice: EXPORT },
  { name: "SQLite", begins: beginsWith(/^53514c69746520666f726d6174203300/), advice: EXPORT },
  { name: "NumPy", begins: beginsWith(/^934e554d5059/), advice: "Name the text that it was made of." },
  { name: "PDF", begins: beginsWith(/^255044462d3[12]2e/), advice: "Convert it to text first." },
];

const CODECS: readonly Codec[] = [
  { name: "gzip", suffix: ".gz", begins: beginsWith(/^1f8b/), unpack: unpackGzip },
  { name: "xz", suffix: ".xz", begins: beginsWith(/^fd377a585a00/), unpack: unpackWith(openXz) },
  // A frame, or one of the sixteen kinds of frame to be skipped, which other tools may put first.
  { name: "zstd", suffix: ".zst", begins: beginsWith(/^28b52ffd|^5.2a4d18/), unpack: unpackWith(openZstd) },
  // "BZh9" could begin a text: a block (π in its digits) or the end of an empty stream (√π) must follow.
  {
    name: "bzip2",
    suffix: ".bz2",
    begins: beginsWith(/^425a683[1-9](314159265359|177245385090)/),
    unpack: unpackWith(openBzip2),
  },
];

/**
 * The codec of data that begin with `head`. The bytes decide, since names are often wrong and streams have none.
 *
 * @param file the file's name, if it has one
 * @throws InputError if the name promises a codec and the bytes show none, or if they show one that is not read
 */
export function recogniseCodec(head: Buffer, path: string, file = ""): Codec {
  const codec = CODECS.find((one) => one.begins(head));
  if (codec) return codec;
  const unread = UNREAD.find((one) => one.begins(head));
  if (unread) {
    const how = recogniseWhole(head) ? "cannot be read here" : "crisscross does not read";
    const problem = `holds ${unread.name} data, which ${how}.`;
    throw new InputError({ path, byte: 0 }, problem, { advice: unread.advice });
  }
  const promised = codecBySuffix(file);
  if (!promised) return PLAIN;
  const { name, suffix } = promised;
  const found = head.length === 0 ? "the file is empty" : `the data do not begin as ${name} does`;
  const problem = `the name ends in ${suffix}, but ${found}.`;
  throw new InputError({ path, byte: 0 }, problem, { advice: "Rename the file, or fetch it again." });
}

/** Whether a file is named as one that may hold texts and is refused for its first bytes. */
export function isNamedUnread(path: string): boolean {
  return UNREAD.some(({ suffix }) => suffix !== undefined && path.toLowerCase().endsWith(suffix));
}

/** The name that a file has once decompressed. */
export function withoutCompressionSuffix(path: string): string {
  const suffix = codecBySuffix(path)?.suffix ?? "";
  return path.slice(0, path.length - suffix.length);
}

function codecBySuffix(path: string): Codec | undefined {
  return CODECS.find(({ suffix }) => path.toLowerCase().endsWith(suffix));
}

function beginsWith(hex: RegExp): (head: Buffer) => boolean {
  return (head) => hex.test(head.toString("hex", 0, HEAD_BYTES));
}
