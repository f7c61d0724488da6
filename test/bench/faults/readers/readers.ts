import { DUMP_READERS } from "./dumps.js";
import { ENCODER_READERS } from "./encoders.js";
import { FOLDER_READERS } from "./folders.js";
import { HUB_READERS } from "./hub.js";
import { READ_ONLY_BITEXTS } from "./read-only-bitexts.js";
import type { Reader } from "./reader.js";
import { SETTING_READERS } from "./settings.js";
import { TEXT_READERS } from "./texts.js";

/** All that reads something which may be spoiled. */
export const READERS: readonly Reader[] = [
  ...TEXT_READERS,
  ...READ_ONLY_BITEXTS,
  ...DUMP_READERS,
  ...ENCODER_READERS,
  ...SETTING_READERS,
  ...FOLDER_READERS,
  ...HUB_READERS,
];
