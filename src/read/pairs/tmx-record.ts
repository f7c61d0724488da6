import type { TmxContent, TmxElement, TmxUnit, TmxVariant } from "../../types/tmx-unit.js";

/** What a line's field `tmx` tells, if it is as the TMX reader made it; another tool's field of that name is its own. */
export function checkTmxUnit(value: unknown): TmxUnit | undefined {
  if (!isObject(value)) return undefined;
  const { header, unit, source, target } = value;
  if (header !== undefined && !isElement(header)) return undefined;
  return isElement(unit) && isVariant(source) && isVariant(target)
    ? { header, unit, source, target }
    : undefined;
}

function isVariant(value: unknown): value is TmxVariant {
  if (!isElement(value)) return false;
  const { segment } = value as { segment?: unknown };
  if (segment === undefined) return true;
  return isObject(segment) && typeof segment.text === "string" && isContent(segment.content);
}

function isContent(value: unknown): value is TmxContent[] {
  if (!Array.isArray(value)) return false;
  return value.every(
    (part) =>
      typeof part === "string" ||
      (isObject(part) &&
        /^(bpt|ept|ph|it|hi|ut|sub)$/.test(String(part.name)) &&
        isTexts(part.attributes) &&
        isContent(part.content)),
  );
}

function isElement(value: unknown): value is TmxElement {
  if (!isObject(value) || !isTexts(value.attributes) || !Array.isArray(value.properties)) return false;
  return value.properties.every(
    (property) =>
      isObject(property) &&
      (property.name === "prop" || property.name === "note") &&
      isTexts(property.attributes) &&
      typeof property.text === "string",
  );
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
