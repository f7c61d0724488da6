import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import {
  type Compressors,
  type FileMetaData,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetRead,
  parquetReadObjects,
  parquetSchema,
  type SubColumnData,
} from "hyparquet";
import { Decompressor } from "../../zstd/decompressor.js";
import { exactValues } from "./exact-values.js";
import { JsonText, NoText } from "./json-of.js";
import { type ListColumn, listColumns } from "./list-columns.js";
import { openBytes } from "./parquet-bytes.js";
import { timestamp } from "./times.js";

/** A file of Parquet. */
export interface ParquetFile extends AsyncDisposable {
  /** How many rows each of its row groups has. */
  groups: readonly number[];
  /** The names of its columns. */
  columns: readonly string[];
  /** What its columns are compressed by that is not read, such as `LZ4_RAW`. */
  unreadCodecs: readonly string[];
  /** Those that are lists of bare values. */
  lists: readonly ListColumn[];
  /**
   * The rows from one to before another, by the columns' names; of some columns alone. What has no type of text is bytes.
   * Costs the memory of their row groups.
   */
  read(from: number, to: number, columns?: readonly string[]): Promise<Record<string, unknown>[]>;
  /** How many values a column of lists has in a row group. */
  valuesIn(list: ListColumn, group: number): number;
  /** A row group's lists, nested as the schema is. Costs their memory: 8 bytes a number and more. */
  readLists(list: ListColumn, from: number, to: number): Promise<readonly unknown[]>;
}

/**
 * Opens a file of Parquet by its index, which is at its end. What is compressed by snappy, gzip, zstd or brotli is read.
 *
 * @throws Error if it has no index that can be read
 */
export async function openParquet(path: string): Promise<ParquetFile> {
  const handle = await open(path);
  const close = async () => handle.close();
  try {
    const bytes = await openBytes(handle);
    const options = { parsers: PARSERS, geoparquet: false };
    const metadata = await bytes.use((file) => parquetMetadataAsync(file, options));
    const codecs = codecsOf(metadata);
    const zstd = codecs.has("ZSTD") ? await openZstd() : undefined;
    const schema = parquetSchema(metadata);
    const exact = exactValues(metadata.schema, schema);
    const bare = { ...metadata, schema: exact.schema };
    const compressors = { ...COMPRESSORS, ...zstd?.compressors };
    const reading = { ...options, metadata: bare, compressors, utf8: false };
    return {
      groups: metadata.row_groups.map(({ num_rows: rows }) => Number(rows)),
      unreadCodecs: [...codecs].filter((codec) => !READ_CODECS.includes(codec)),
      columns: schema.children.map(({ element }) => element.name),
      lists: listColumns(schema),
      read: async (rowStart, rowEnd, columns) => {
        const rows = await bytes.use((file) =>
          parquetReadObjects({ ...reading, file, columns: columns && [...columns], rowStart, rowEnd }),
        );
        return rows.map(exact.convert);
      },
      valuesIn: ({ path: leaf }, group) => {
        const chunk = metadata.row_groups[group].columns.find(
          ({ meta_data: data }) => data?.path_in_schema.join() === leaf.join(),
        );
        return Number(chunk?.meta_data?.num_values ?? 0);
      },
      readLists: async ({ path: leaf }, rowStart, rowEnd) => {
        const rows: unknown[] = [];
        const onPage = ({ pathInSchema, columnData }: SubColumnData) => {
          if (pathInSchema.join() === leaf.join()) for (const row of columnData) rows.push(row);
        };
        await bytes.use((file) =>
          parquetRead({ ...reading, file, columns: [leaf[0]], rowStart, rowEnd, onPage }),
        );
        return rows;
      },
      [Symbol.asyncDispose]: async () => {
        zstd?.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const decode = (bytes: Uint8Array | undefined) =>
  bytes &&
  (isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString() : new NoText());

/** JSON as it stands, but on one line; what is none is a text. */
function readJson(bytes: Uint8Array | undefined): unknown {
  const text = decode(bytes);
  if (typeof text !== "string") return text;
  try {
    JSON.parse(text);
    return new JsonText(text.replace(/[\r\n]+/g, " "));
  } catch {
    return text;
  }
}

const PARSERS: Partial<ParquetParsers> = {
  stringFromBytes: decode,
  jsonFromBytes: readJson,
  timestampFromMicroseconds: (micros) => timestamp(micros, "MICROS"),
  timestampFromNanoseconds: (nanos) => timestamp(nanos, "NANOS"),
};

/** The library brings Snappy itself. */
const COMPRESSORS: Compressors = {
  GZIP: (packed, length) => gunzipSync(packed, { maxOutputLength: length }),
  BROTLI: (packed, length) => brotliDecompressSync(packed, { maxOutputLength: length }),
};

const READ_CODECS = ["UNCOMPRESSED", "SNAPPY", "ZSTD", ...Object.keys(COMPRESSORS)];

function codecsOf({ row_groups: groups }: FileMetaData): Set<string> {
  return new Set(
    groups.flatMap(({ columns }) => columns.flatMap(({ meta_data: data }) => data?.codec ?? [])),
  );
}

async function openZstd() {
  const decompressor = await Decompressor.open();
  const compressors: Compressors = { ZSTD: (packed) => unpack(decompressor, packed) };
  return { compressors, close: () => decompressor[Symbol.dispose]() };
}

function unpack(decompressor: Decompressor, packed: Uint8Array): Uint8Array {
  const parts: Buffer[] = [];
  let rest = packed;
  for (let full = true; rest.length > 0 || full; ) {
    const step = decompressor.step(rest);
    parts.push(step.bytes);
    rest = rest.subarray(step.consumed);
    full = step.full && !step.ended;
    if (step.ended && rest.length === 0) return Buffer.concat(parts);
  }
  decompressor.reset();
  throw new Error("unexpected end of zstd data");
}
