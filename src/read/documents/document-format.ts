export const DOCUMENT_FORMATS = ["warc", "jsonl", "json", "text"] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];
