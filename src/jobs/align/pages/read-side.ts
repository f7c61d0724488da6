import { createHash } from "node:crypto";
import { join } from "node:path";
import { InputError } from "../../../errors.js";
import type { JobEvent } from "../../../events.js";
import { reportFaults } from "../../../read/faults.js";
import { pageOfRecord } from "../../../read/pages/page-of-record.js";
import { type ReadPagesOptions, readPages } from "../../../read/pages/read-pages.js";
import type { EmbeddedSide } from "../../../steps/vectors/embedded-side.js";
import type { TextPage } from "../../../types/pages.js";
import type { SideName } from "../../../types/texts.js";
import { note, warning } from "../../../wording.js";
import type { PageSource } from "./options.js";
import { StoredPages } from "./stored-pages.js";

/** Pages of more are no pages of the web; to compare two takes time by the product of their sentences. */
const MOST_SENTENCES = 10_000;

/** The pages of a side that can be paired. */
export interface PageSide extends EmbeddedSide {
  side: SideName;
  pages: StoredPages;
  /** SHA-256 of the pages, with their places and addresses. */
  textHash: string;
  /** Pages without sentences. */
  empty: number;
  /** Pages with too many. */
  tooLong: number;
}

interface ReadSideOptions extends ReadPagesOptions {
  /** Where the pages lie while they are needed. */
  folder: string;
  onEvent: (event: JobEvent) => void;
}

/** Copies the pages of a side to a file, and tells what is left out. */
export async function readSide(
  source: PageSource,
  side: SideName,
  { folder, onEvent, ...options }: ReadSideOptions,
): Promise<PageSide> {
  const name = options.name ?? (typeof source === "string" ? source : side);
  const pages = new StoredPages(join(folder, `${side}.pages`));
  const hash = createHash("sha256");
  const left = { empty: 0, tooLong: 0 };
  try {
    for await (const page of pagesOf(source, { ...options, name })) {
      const sentences = page.blocks.flat().length;
      if (sentences === 0) left.empty++;
      else if (sentences > MOST_SENTENCES) left.tooLong++;
      else {
        pages.add(page);
        hash.update(`${JSON.stringify(page)}\n`);
      }
    }
  } catch (error) {
    pages[Symbol.dispose]();
    throw error;
  }
  const read: PageSide = {
    side,
    name,
    pages,
    texts: pages.texts,
    textHash: hash.digest("hex"),
    places: { firstLine: (sentence) => pages.get(pages.pageOf(sentence)).line },
    report: refuseSentence,
    ...left,
  };
  tellLeftOut(read, onEvent);
  return read;
}

/** @throws InputError, always: no sentence can be left out of its page */
function refuseSentence({ place, problem }: InputError): never {
  throw new InputError(place, problem, {
    advice: "Remove the sentence, or take another variant of the model.",
  });
}

async function* pagesOf(
  source: PageSource,
  options: ReadPagesOptions & { name: string },
): AsyncGenerator<TextPage> {
  if (isBytes(source)) {
    for await (const batch of readPages(source, options)) yield* batch;
    return;
  }
  const report = reportFaults(options);
  let line = 0;
  for await (const value of source) {
    options.signal?.throwIfAborted();
    line++;
    const place = { path: options.name, line };
    const page = parse({ value, line, fault: (problem, more) => new InputError(place, problem, more) });
    if (page) yield page;
  }

  function parse(record: Parameters<typeof pageOfRecord>[0]): TextPage | undefined {
    try {
      return pageOfRecord(record);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      report(error);
      return undefined;
    }
  }
}

type Bytes = string | Uint8Array | (NodeJS.ReadableStream & AsyncIterable<string | Uint8Array>);

const isBytes = (source: PageSource): source is Bytes =>
  typeof source === "string" || source instanceof Uint8Array || "pipe" in source;

function tellLeftOut({ name, pages, empty, tooLong }: PageSide, onEvent: (event: JobEvent) => void): void {
  const count = (n: number) => (n === 1 ? "1 page has" : `${n} pages have`);
  if (empty > 0) onEvent(note(`${name}: ${count(empty)} no sentences, and cannot be paired.`));
  if (tooLong > 0)
    onEvent(
      warning(
        `${name}: ${count(tooLong)} more than ${MOST_SENTENCES} sentences, and cannot be paired. Align such texts by themselves.`,
      ),
    );
  if (pages.length === 0) onEvent(warning(`${name}: has no pages that can be paired; there are no pairs.`));
}
