import { join } from "node:path";
import { makeFolder } from "../../../store/files/make-folder.js";
import type { Stage } from "../../../store/run/stage.js";
import type { PlacedOutline } from "./stages.js";

/** A stage under the name of an outline, its files in that one's folder. */
export function placeStage<T, Made extends T>(stage: Stage<T, Made>, outline: PlacedOutline): Stage<T, Made> {
  const { name, files, from, folder } = outline;
  return {
    ...stage,
    name,
    files,
    from,
    save: async (value, run) => {
      const place = join(run, folder);
      await makeFolder(place);
      await stage.save(value, place);
    },
    load: (run) => stage.load(join(run, folder)),
  };
}
