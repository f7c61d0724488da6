import { TextFacts } from "../../filter/text-facts.js";

/** What counts as the same text: the same characters, or the same letters whatever their case. */
export type CompareTexts = (text: string) => string;

export const exactly: CompareTexts = (text) => text;
export const nearly: CompareTexts = (text) => new TextFacts(text).nearKey;
