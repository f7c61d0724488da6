import { mapCharacters } from "./map-characters.js";
import type { NormalizerJson } from "./tokenizer-json.js";

export type Normalise = (text: string) => string;

/** What a `tokenizer.json` asks to be done to a text first, or nothing where it asks for something unknown. */
export function parseNormaliser(json: NormalizerJson | null | undefined): Normalise | undefined {
  const steps = stepsOf(json);
  if (!steps) return undefined;
  return (text) => {
    for (const step of steps) text = step(text);
    return text;
  };
}

function stepsOf(json: NormalizerJson | null | undefined): Normalise[] | undefined {
  if (!json) return [];
  if (json.type === "Sequence") {
    const steps = (json.normalizers ?? []).map(stepsOf);
    return steps.every((step) => step !== undefined) ? steps.flat() : undefined;
  }
  const step = stepOf(json);
  return step && [step];
}

function stepOf(json: NormalizerJson): Normalise | undefined {
  if (json.type === "Precompiled" && json.precompiled_charsmap)
    return mapCharacters(json.precompiled_charsmap);
  if (json.type === "Replace") return replace(json.pattern, json.content);
  if (json.type === "Strip") return strip(json.strip_left === true, json.strip_right === true);
  return undefined;
}

function replace(pattern: NormalizerJson["pattern"], content: string | undefined): Normalise | undefined {
  if (content === undefined) return undefined;
  if (pattern?.String) {
    const wanted = pattern.String;
    return (text) => text.replaceAll(wanted, () => content);
  }
  if (pattern?.Regex === " {2,}") {
    return (text) => (text.includes("  ") ? text.replace(/ {2,}/g, () => content) : text);
  }
  return undefined;
}

function strip(left: boolean, right: boolean): Normalise {
  return (text) => {
    if (left) text = text.replace(/^\p{White_Space}+/u, "");
    return right && /\p{White_Space}$/u.test(text) ? text.replace(/\p{White_Space}+$/u, "") : text;
  };
}
