import { join } from "node:path";
import type { Candidate } from "../../../pages/address-candidates.js";
import type { LanguageMarks } from "../../../pages/language-marks.js";
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

/** Two pages that may belong together. */
export interface PageCandidate {
  source: number;
  target: number;
  /** Whether their addresses brought them together. */
  byUrl: boolean;
}

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
): Stage<readonly PageCandidate[]> {
  const pathIn = (folder: string) => join(folder, CANDIDATES.files[0]);
  return {
    ...CANDIDATES,
    key: candidatesKey(embedded, options),
    make: () => findCandidates(embedded, options),
    save: async (candidates, folder) => {
      const path = pathIn(folder);
      const writer = await NpyWriter.open(temporaryPath(path), "<u4", COLUMNS);
      const rows = candidates.flatMap(({ source, target, byUrl }) => [source, target, Number(byUrl)]);
      await writer.append(Uint32Array.from(rows));
      await writer.finish(path);
    },
    load: async (folder) => {
      const rows = readNpy(pathIn(folder)) as Uint32Array;
      return Array.from({ length: rows.length / COLUMNS }, (_, i) => {
        const [source, target, byUrl] = rows.subarray(i * COLUMNS, (i + 1) * COLUMNS);
        return { source, target, byUrl: byUrl === 1 };
      });
    },
  };
}

async function findCandidates(
  embedded: EmbeddedPages,
  { pages: how, within, hosts, marks, folder, threads, signal }: FindCandidatesOptions,
): Promise<PageCandidate[]> {
  const pages = { source: embedded.sides.source.pages, target: embedded.sides.target.pages };
  const isWithin = ([x, y]: Candidate) =>
    within === "all" || (hosts!.source[x] !== undefined && hosts!.source[x] === hosts!.target[y]);
  const addressed = how === "vector" ? [] : candidatesByAddress(pages, marks).filter(isWithin);
  const near = how === "url" ? [] : await findNear();
  const found = [...addressed, ...near].sort(compare);
  const keyOf = ([x, y]: Candidate) => x * pages.target.length + y;
  const keys = new Set(addressed.map(keyOf));
  return found
    .filter((one, i) => i === 0 || compare(one, found[i - 1]) !== 0)
    .map((one) => ({ source: one[0], target: one[1], byUrl: keys.has(keyOf(one)) }));

  async function findNear(): Promise<Candidate[]> {
    const { source, target } = await embedded.vectors(signal);
    using x = await vectorsOfPages(source, join(folder, "source.npy"));
    using y = await vectorsOfPages(target, join(folder, "target.npy"));
    return await candidatesByVector({ source: x, target: y }, hosts, { threads, signal });
  }
}

const compare = (a: Candidate, b: Candidate) => a[0] - b[0] || a[1] - b[1];
