import type { DocumentFormat } from "./document-format.js";

/** Published corpora whose fields are known. */
export const PRESETS = ["oscar", "cc100", "mc4", "hplt", "fineweb"] as const;
/** A published corpus whose fields are known. */
export type Preset = (typeof PRESETS)[number];

/** Where a published corpus keeps what; of several fields the first that is there counts. */
export interface Fields {
  format: DocumentFormat;
  text: string;
  url: readonly string[];
  id: readonly string[];
}

/** As the corpora describe themselves: OSCAR 22.01 and later, C4 multilingual, HPLT 1 to 3, FineWeb 1 and 2. */
export const PRESET_FIELDS: Readonly<Record<Preset, Fields>> = {
  oscar: {
    format: "jsonl",
    text: "content",
    url: ["warc_headers.warc-target-uri"],
    id: ["warc_headers.warc-record-id"],
  },
  cc100: { format: "text", text: "text", url: [], id: [] },
  mc4: { format: "jsonl", text: "text", url: ["url"], id: [] },
  hplt: { format: "jsonl", text: "text", url: ["url", "u"], id: ["id"] },
  fineweb: { format: "jsonl", text: "text", url: ["url", "metadata.url"], id: ["id"] },
};
