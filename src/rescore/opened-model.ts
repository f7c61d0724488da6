import type { InputPlaces } from "../embed/folder/transformer-settings.js";
import type { Session } from "../runtime/session.js";
import type { Rescorer } from "./rescorer.js";

/** A folder whose model is open. */
export interface OpenedModel {
  folder: string;
  input: InputPlaces;
  session: Session;
  modelPath: string;
  tokenizerPath: string;
}

/** How a model of some kind measures pairs. */
export interface Measures extends Pick<Rescorer, "parts" | "measure" | "scoreOf"> {
  /** All that the parts depend on beside the files. */
  settings: unknown;
  /** What it does, for people. */
  says: string;
}
