import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The file in which a program tells more of its encoder. */
const FIGURES = "figures.json";

/** What a program told of its encoder, or why that cannot be read; neither where it told nothing. */
export async function readFigures(
  folder: string,
): Promise<{ figures?: Record<string, number | string>; problem?: string }> {
  const text = await readFile(join(folder, FIGURES), "utf8").catch((error) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (text === undefined) return {};
  try {
    const figures = JSON.parse(text);
    if (isFigures(figures)) return { figures };
  } catch {}
  return { problem: `left a ${FIGURES} that is no JSON object of names with a number or a text each` };
}

function isFigures(value: unknown): value is Record<string, number | string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one) => typeof one === "number" || typeof one === "string");
}
