import { join } from "node:path";
import { timed } from "../../events.js";
import { closing } from "../../flow/closing.js";
import type { RereadBitext } from "../../steps/bitexts/read-twice.js";
import type { FolderRun } from "../../steps/runs/run.js";
import { identifyText } from "../../steps/texts/identify.js";
import { nameText } from "../../steps/texts/source-kind.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { SideName } from "../../types/texts.js";
import { type BitextSides, bitextStage, type Neighbourhood } from "./bitext-stage.js";
import type { ScoreSettings } from "./options.js";

/** The distinct texts of a bitext, which are closed when they are disposed of. */
export interface OpenBitext extends BitextSides, Disposable {}

/** Reads a bitext and what stands beside it in neighbourhoods, or takes what the run has kept of them. */
export async function readBitext(
  bitext: Pick<RereadBitext, "name" | "hashes" | "read">,
  { read, neighbourhood = {}, signal, onEvent }: ScoreSettings,
  run: FolderRun,
): Promise<OpenBitext> {
  const beside: Partial<Record<SideName, Neighbourhood>> = {};
  try {
    for (const side of ["source", "target"] as const) {
      const given = neighbourhood[side];
      if (given === undefined) continue;
      const text = nameText(given, `the ${side} neighbourhood`);
      const spool = temporaryPath(join(run.folder, `${side}-neighbourhood.spool`));
      beside[side] = { path: text.name, ...(await identifyText(text, spool, signal)) };
    }
    const options = { read, neighbourhood: beside, signal, onEvent };
    const stage = bitextStage(bitext, await bitext.hashes(), options);
    const gathered = await timed(run.seconds, "read", () => run.keep(stage));
    return { ...gathered, ...closing([gathered.sides.source, gathered.sides.target]) };
  } finally {
    for (const { discard } of Object.values(beside)) await discard();
  }
}
