import { join } from "node:path";
import type { LanguageMarks } from "../../../pages/language-marks.js";
import { gatherCandidates, type PageCandidates, type PairKey } from "../../../pages/page-candidates.js";
import { NpyWriter, readNpy } from "../../../store/arrays/npy-file.js";
import { temporaryPath } from "../../../store/files/whole-file.js";
import type { Key } from "../../../store/run/manifest.js";
import type { Stage } from "../../../store/run/stage.js";
import type { SideName } from "../../../types/texts.js";
import type { EmbeddedPages } from "./embedded-pages.js";
import { candidatesByAddress, candidatesByVector } from "./find-candidates.js";
import type { SettledOptions } from "./options.js";
import { CANDIDATES } from "./outlines.js";
import { vectorsOfPages } from "./vectors-of-pages.js";

export interface FindCandidatesOptions extends SettledOptions {
  marks: LanguageMarks;
  /** The names of the pages' hosts, where a page has to be on the host of the other. */
  hosts?: Readonly<Record<SideName, readonly (string | undefined)[]>>;
  /** Where the pages' vectors lie while they are needed. */
  folder: string;
}

const COLUMNS = 3;

/** What the pairs to compare depend on. */
export const candidatesKey = (embedded: EmbeddedPages, { pages, within }: SettledOptions): Key => ({
  ...embedded.key,
  pages,
  within,
});

/** Pairs to compare, each once, in the order of the source. */
export function candidatesStage(
  embedded: EmbeddedPages,
  options: FindCandidatesOptions,
): Stage<PageCandidates> {
  const pathIn = (folder: string) => join(folder, CANDIDATES.files[0]);
  return {
    ...CANDIDATES,
    key: candidatesKey(embedded, options),
    make: () => findCandidates(embedded, options),
    save: async (candidates, folder) => {
      const path = pathIn(folder);
      const writer = await NpyWriter.open(temporaryPath(path), "<u4", COLUMNS);
      await writer.append(rowsOf(candidates));
      await writer.finish(path);
    },
    load: async (folder) => {
      const rows = readNpy(pathIn(folder)) as Uint32Array;
      const column = (number: number) =>
        Uint32Array.from({ length: rows.length / COLUMNS }, (_, i) => rows[i * COLUMNS + number]);
      const byUrl = Uint8Array.from(column(2));
      return { length: byUrl.length, source: column(0), target: column(1), byUrl };
    },
  };
}

function rowsOf({ length, source, target, byUrl }: PageCandidates): Uint32Array {
  const rows = new Uint32Array(COLUMNS * length);
  for (let i = 0; i < length; i++) {
    rows[COLUMNS * i] = source[i];
    rows[COLUMNS * i + 1] = target[i];
    rows[COLUMNS * i + 2] = byUrl[i];
  }
  return rows;
}

async function findCandidates(
  embedded: EmbeddedPages,
  { pages: how, within, hosts, marks, folder, threads, signal }: FindCandidatesOptions,
): Promise<PageCandidates> {
  const pages = { source: embedded.sides.source.pages, target: embedded.sides.target.pages };
  const targets = pages.target.length;
  const isWithin = (key: PairKey) => {
    const host = hosts?.source[Math.floor(key / targets)];
    return within === "all" || (host !== undefined && host === hosts!.target[key % targets]);
  };
  const addressed = how === "vector" ? [] : candidatesByAddress(pages, marks, targets).filter(isWithin);
  return gatherCandidates(addressed, how === "url" ? [] : await findNear(), targets);

  async function findNear(): Promise<PairKey[]> {
    const { source, target } = await embedded.vectors(signal);
    using x = await vectorsOfPages(source, join(folder, "source.npy"));
    using y = await vectorsOfPages(target, join(folder, "target.npy"));
    return await candidatesByVector({ source: x, target: y }, hosts, { threads, signal });
  }
}
