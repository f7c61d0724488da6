import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Stage } from "../../store/run/stage.js";

/** A stage under a name of its own, its files in a folder of the run's, and what is made from it there. */
export function placeStage<T, Made extends T>(
  stage: Stage<T, Made>,
  name: string,
  folder: string,
  feeds?: readonly string[],
): Stage<T, Made> {
  return {
    ...stage,
    name,
    feeds,
    save: async (value, run) => {
      const place = join(run, folder);
      await mkdir(place, { recursive: true });
      await stage.save(value, place);
    },
    load: (run) => stage.load(join(run, folder)),
  };
}
