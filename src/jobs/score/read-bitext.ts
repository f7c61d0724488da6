import { timed } from "../../events.js";
import { closing } from "../../flow/closing.js";
import type { RereadBitext } from "../../steps/bitexts/read-twice.js";
import type { Run } from "../../steps/runs/run.js";
import { identifyFile } from "../../steps/texts/identify.js";
import { type BitextSides, bitextStage, type Neighbourhood } from "./bitext-stage.js";
import type { ScoreSettings } from "./options.js";

/** The distinct texts of a bitext, which are closed when they are disposed of. */
export interface OpenBitext extends BitextSides, Disposable {}

/** Reads a bitext and what stands beside it in neighbourhoods, or takes what the run has kept of them. */
export async function readBitext(
  bitext: RereadBitext,
  { read, neighbourhood = {}, signal, onEvent }: ScoreSettings,
  run: Run,
): Promise<OpenBitext> {
  const identified = async (path: string | undefined): Promise<Neighbourhood | undefined> =>
    path === undefined ? undefined : { path, ...(await identifyFile(path, { signal })) };
  const beside = {
    source: await identified(neighbourhood.source),
    target: await identified(neighbourhood.target),
  };
  const options = { read, neighbourhood: beside, signal, onEvent };
  const stage = bitextStage(bitext, await bitext.hashes(), options);
  const gathered = await timed(run.seconds, "read", () => run.keep(stage));
  return { ...gathered, ...closing([gathered.sides.source, gathered.sides.target]) };
}
