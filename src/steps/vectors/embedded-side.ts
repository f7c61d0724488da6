import type { Places } from "../../store/corpus/places.js";
import type { Side } from "../texts/side.js";

/** What has to be known of a side to make its vectors. */
export interface EmbeddedSide extends Pick<Side, "name" | "texts" | "textHash" | "report"> {
  places: Pick<Places, "firstLine">;
}
