import type { Neighbours } from "../../../types/neighbours.js";
import type { Codes } from "../../coding.js";
import { idsOf, type Range, ranges } from "../../ranges.js";
import { type Strip, StripPair, type StripSizes } from "../../threads/strip-pair.js";
import type { Trade } from "../../threads/team.js";
import { inTurn } from "../../threads/turns.js";
import { type Grouped, groupByList } from "../group-by-list.js";
import type { ListCodes } from "../list-codes.js";
import { type LookupSize, NearestLists } from "../nearest-lists.js";

/** The most rows of a block that ask, and that are in one list; both may be either side's. */
const BLOCK = { asking: 2048, listed: 512 };
export const JOIN_BLOCK = {
  rows: BLOCK.asking,
  columns: BLOCK.asking,
  products: BLOCK.asking * BLOCK.listed,
};

export interface JoinSetup {
  strips: StripSizes;
  lookup: LookupSize;
}

/** What a thread joins with. */
export class JoinTools {
  private constructor(
    readonly pair: StripPair,
    readonly lists: NearestLists,
  ) {}

  static async open({ strips, lookup }: JoinSetup): Promise<JoinTools> {
    return new JoinTools(await StripPair.open(strips), await NearestLists.open(lookup));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pair[Symbol.asyncDispose]();
    await this.lists[Symbol.asyncDispose]();
  }
}

/** Rows in the order of their lists, cut into strips of one size. */
export interface ListedRows {
  /** Of all rows, in which places of the order they are. */
  held: Range;
  stripRows: number;
  codes: Codes;
  members: Grouped;
  /** Of their side. */
  neighbours: Neighbours;
  /** Of the strips. */
  marks: Int32Array;
}

/** Rows that look at lists. */
export interface AskingRows {
  strip: Strip;
  /** Which factor of every product they are. */
  factor: "left" | "right";
  centroids: ListCodes;
  /** How many lists each of them looks at. */
  probes: number;
  /** For each row of their side its nearest list, which is noted here. */
  nearest: Uint16Array;
  /** The lists that each of them looks at, where they have been looked for: rows × probes. */
  lists?: Uint16Array;
}

export interface JoinTask {
  asking: AskingRows;
  /** Absent where rows look for their nearest list alone. */
  listed?: ListedRows;
  /** Where among the strips to begin, as a share of them. */
  start: number;
}

/** Compares some rows with all rows of the other side that are in the lists that they look at. */
export const JOIN: Trade<JoinSetup, JoinTools, JoinTask> = {
  open: JoinTools.open,
  async work({ asking, listed, start }, { pair, lists }, tell) {
    const { strip, factor, probes } = asking;
    const found = asking.lists ?? (await look(asking, lists));
    if (!listed) return;
    const { members } = listed;
    const looking = groupByList(found, probes, members.starts.length - 1);
    pair[factor].load(strip);
    const other = pair[factor === "left" ? "right" : "left"];
    for (const number of inTurn(listed.marks, start)) {
      const rows = loadStrip(listed, number, other);
      for (const [list, part] of listsOf(members, rows)) {
        const listedAt = idsOf(part, rows.first);
        for (const { first, end } of ranges(looking.starts[list], looking.starts[list + 1], BLOCK.asking)) {
          const askingAt = looking.items.subarray(first, end);
          await (factor === "left" ? pair.compare(askingAt, listedAt) : pair.compare(listedAt, askingAt));
        }
      }
      other.store();
      tell(strip.ids.length * (rows.end - rows.first));
    }
    pair[factor].store();
  },
};

/** Finds the lists that rows look at, and notes the nearest of each. */
async function look(
  { strip: { codes, ids }, centroids, probes, nearest }: AskingRows,
  lists: NearestLists,
): Promise<Uint16Array> {
  lists.load(centroids);
  const found = await lists.find(codes, probes);
  for (let row = 0; row < ids.length; row++) nearest[ids[row]] = found.lists[row * probes];
  return found.lists;
}

function loadStrip(
  { held, stripRows, codes, members, neighbours }: ListedRows,
  number: number,
  to: StripPair["left"],
): Range {
  const first = held.first + number * stripRows;
  const end = Math.min(first + stripRows, held.end);
  const dimensions = codes.length / (held.end - held.first);
  to.load({
    codes: codes.subarray((first - held.first) * dimensions, (end - held.first) * dimensions),
    ids: members.items.subarray(first, end),
    lists: neighbours,
  });
  return { first, end };
}

/** The parts of lists that some rows in the order of their lists are. */
function* listsOf({ starts }: Grouped, { first, end }: Range): Generator<[list: number, part: Range]> {
  for (let list = 0; list < starts.length - 1; list++) {
    const part = { first: Math.max(first, starts[list]), end: Math.min(end, starts[list + 1]) };
    for (const block of ranges(part.first, part.end, BLOCK.listed)) yield [list, block];
  }
}
