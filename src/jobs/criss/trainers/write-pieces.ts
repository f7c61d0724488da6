import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { textWindows } from "../../../embed/embed.js";
import type { OpenTable } from "../../../embed/static/open-table.js";
import { FileBags } from "../../../train/file-bags.js";
import type { TrainingGroup } from "../../../train/training.js";
import type { SideName, Texts } from "../../../types/texts.js";
import type { Bitext, BitextGroup } from "../rounds/bitext.js";

/** How texts are cut into pieces. */
export interface Cutting {
  table: OpenTable;
  maxPieces: number;
  signal?: AbortSignal;
}

/** What to train on, in files that are gone when it is disposed of. */
export interface WrittenGroups extends AsyncDisposable {
  groups: TrainingGroup[];
}

/**
 * Cuts what is trained on into pieces, in files: those of all pairs of languages need not fit into memory.
 *
 * @param folder a new one for them; what a killed process left there is replaced
 */
export async function writePieces(bitext: Bitext, folder: string, cutting: Cutting): Promise<WrittenGroups> {
  const files: FileBags[] = [];
  const close = async () => {
    for (const file of files) file[Symbol.dispose]();
    await rm(folder, { recursive: true, force: true });
  };
  const write = async (texts: readonly Texts[]) => {
    const count = texts.reduce((sum, { length }) => sum + length, 0);
    const bags = new FileBags(join(folder, String(files.length)), count);
    files.push(bags);
    for (const some of texts) for await (const pieces of cutTexts(some, cutting)) bags.append(pieces);
    return bags;
  };
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    const groups: TrainingGroup[] = [];
    for (const group of bitext.groups) {
      const { name } = group;
      const [source, target] = [await write(textsOf(group, "source")), await write(textsOf(group, "target"))];
      groups.push({ name, source, target });
    }
    return { groups, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One side's texts to train on: what was mined, then the user's own. */
function textsOf(group: BitextGroup, side: SideName): Texts[] {
  const mined = someTexts(group[side], group.training[`${side}s`]);
  return group.seeds ? [mined, group.seeds[side]] : [mined];
}

/** Some texts of many. */
export function someTexts(texts: Texts, numbers: Uint32Array): Texts {
  return { length: numbers.length, get: (index) => texts.get(numbers[index]) };
}

/** The pieces of texts, a window at a time. */
export async function* cutTexts(
  texts: Texts,
  { table, maxPieces, signal }: Cutting,
): AsyncGenerator<number[][]> {
  for (const window of textWindows(texts)) {
    signal?.throwIfAborted();
    yield (await table.piecesOf(window)).map((pieces) => pieces.slice(0, maxPieces));
  }
}
