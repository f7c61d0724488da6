import { WINDOW } from "../../embed/embed.js";
import { meanOfRows } from "../../embed/mean.js";
import { RowSums } from "../../embed/row-sums.js";
import type { GivenFile } from "../texts/given-file.js";
import { openGiven } from "../texts/open-given.js";
import type { GivenVectors } from "../texts/open-sources.js";
import { rowFinisher } from "./file-source.js";
import type { SideRows } from "./prepare-side.js";
import { checkRows, type RowsOfSide } from "./rows-of-side.js";

/**
 * A side's vectors, which stay in their file: what is read of them is a copy. Nothing is held, but of Parquet all.
 *
 * @param centre whether their mean is needed, for which they are read through
 */
export async function openLazyRows(
  given: GivenVectors,
  wanted: RowsOfSide,
  centre: boolean,
): Promise<SideRows & AsyncDisposable> {
  checkRows(given, wanted);
  const { side, rowOf } = wanted;
  const { dimensions, blocks } = given.info;
  const file = await openGiven(given);
  const readFile = file.readNow ?? (await hold(file));
  const finish = rowFinisher(given, wanted, file);
  const pick = (start: number, end: number, room?: Float32Array) => {
    const numbers = (end - start) * dimensions;
    const values = room?.subarray(0, numbers) ?? new Float32Array(numbers);
    let text = start;
    while (text < end) {
      // Rows between those of sentences are of blank lines, or of sentences that came before.
      const first = rowOf(text);
      let next = text + 1;
      while (next < end && rowOf(next) - first < WINDOW) next++;
      const window = readFile(first, rowOf(next - 1) + 1);
      for (; text < next; text++) {
        const row = rowOf(text) - first;
        values.set(window.subarray(row * dimensions, (row + 1) * dimensions), (text - start) * dimensions);
      }
    }
    return values;
  };
  const read = (start: number, end: number, room?: Float32Array) => {
    const isRun = start < end && rowOf(end - 1) - rowOf(start) === end - 1 - start;
    const values = isRun ? readFile(rowOf(start), rowOf(end - 1) + 1, room) : pick(start, end, room);
    finish(values, start);
    return values;
  };
  const rows = { rows: side.texts.length, read: async (start: number, end: number) => read(start, end) };
  const known = knownRows(given, wanted, centre);
  const mean = known?.mean ?? (centre ? await meanOfRows(rows, dimensions, blocks) : []);
  return {
    info: { ...given.info, rows: side.texts.length, mean },
    read,
    filled: known?.filled,
    [Symbol.asyncDispose]: file[Symbol.asyncDispose],
  };
}

/**
 * What the description of vectors tells of all rows of a side that has all their sentences. The mean of rows of unit length
 * is none of them, unless they are all the same, so those that are zeros when it is subtracted were so before.
 */
function knownRows({ info, foreign }: GivenVectors, { side, rowOf }: RowsOfSide, centre: boolean) {
  const { distinct, sentences, dimensions, blocks } = info;
  const isWhole = !foreign && sentences?.hash === side.textHash;
  if (!isWhole || !distinct || (centre && blocks)) return undefined;
  const sums = new RowSums(dimensions, blocks);
  sums.addKept(distinct.sums);
  const zeros = new Set(distinct.zeros);
  const filled = new Uint32Array(side.texts.length - zeros.size);
  let next = 0;
  for (let text = 0; text < side.texts.length; text++) if (!zeros.has(rowOf(text))) filled[next++] = text;
  return { mean: sums.mean(), filled };
}

async function hold({ info: { rows, dimensions }, read }: GivenFile): Promise<GivenFile["readNow"] & {}> {
  const data = await read(0, rows);
  return (start, end) => data.slice(start * dimensions, end * dimensions);
}
