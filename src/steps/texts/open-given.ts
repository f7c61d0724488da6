import { type ForeignLayout, openForeign } from "../../store/arrays/foreign-vectors.js";
import { openVectors, type VectorsFile } from "../../store/arrays/vectors-file.js";

/**
 * Opens vectors that were given: by their description, else by what is said of them.
 *
 * @throws InputError as `openVectors` and `openForeign`
 */
export function openGiven({ path, foreign }: { path: string; foreign?: ForeignLayout }): VectorsFile {
  return foreign ? openForeign(path, foreign) : openVectors(path);
}
