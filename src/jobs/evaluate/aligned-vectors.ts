import { WINDOW, zeroNotFinite } from "../../embed/embed.js";
import { InputError } from "../../errors.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { identifyGiven } from "../../steps/texts/identify-given.js";
import { openGiven } from "../../steps/texts/open-given.js";
import type { GivenVectors } from "../../steps/texts/open-sources.js";
import { rejectRow } from "../../steps/vectors/reject-vector.js";
import { type NamedVectors, openVectorsBeside } from "../../steps/vectors/vectors-beside.js";
import { MemoryRows } from "../../store/arrays/memory-rows.js";
import { unlessChanged } from "../../store/files/file-state.js";
import type { SideName } from "../../types/texts.js";
import { type AlignedLines, type AlignedVectors, prepareAligned } from "./lines.js";
import type { EvaluateOptions } from "./open-encoders.js";

/**
 * The vectors of aligned lines from files that have them, row n of line n.
 *
 * @param names what messages call the texts
 * @throws InputError if they are more or fewer than the lines, or one is not finite; OptionError if both cannot be compared
 */
export async function readAlignedVectors(
  lines: AlignedLines,
  named: NamedVectors,
  {
    centre: asked,
    signal,
    onEvent = () => {},
    ...options
  }: EvaluateOptions & { space?: string } & {
    names: Record<SideName, string>;
  },
): Promise<AlignedVectors> {
  const given = await openVectorsBeside(named, { space: options.space, onEvent });
  const { space, dimensions } = given.source.info;
  const centre = asked ?? (given.source.info.centre === true && given.target.info.centre === true);
  const vectorsOf = async (side: SideName) => {
    const { blocks } = given[side].info;
    const rows = await readRows(given[side], lines[side], { name: options.names[side], signal });
    return prepareAligned(rows, { dimensions, blocks, centre, side, onEvent });
  };
  return { source: await vectorsOf("source"), target: await vectorsOf("target"), space, centre };
}

async function readRows(
  given: GivenVectors,
  lines: readonly string[],
  { name, signal }: { name: string; signal?: AbortSignal },
): Promise<MemoryRows> {
  const { path, info } = given;
  const { rows, dimensions, blocks } = info;
  if (rows !== lines.length)
    throw new InputError({ path }, `has ${rows} rows, but ${name} has ${lines.length} lines.`, {
      advice: "Give the vectors of all its lines, blank ones included.",
    });
  const { states } = await identifyGiven(given);
  const kept = new MemoryRows(rows, dimensions);
  await unlessChanged(states, async () => {
    await using file = await openGiven(given);
    while (kept.rows < rows) {
      signal?.throwIfAborted();
      const first = kept.rows;
      const data = await file.read(first, Math.min(first + WINDOW, rows));
      for (let row = 0; row < data.length / dimensions; row++)
        if (lines[first + row] === "") data.fill(0, row * dimensions, (row + 1) * dimensions);
      zeroNotFinite(data, dimensions, (row) => {
        throw rejectRow({ path: name, line: first + row + 1 }, file.faultOf(first + row));
      });
      if (!blocks) prepareRows({ rows: data.length / dimensions, dimensions, data });
      await kept.append(data);
    }
  });
  return kept;
}
