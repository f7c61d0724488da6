import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import type { SearchTileOptions } from "../../../src/jobs/tiles/tile-options.js";
import type { Encoder } from "../../../src/types/encoder.js";
import { randomNumbers } from "../../random.js";
import { letterEncoder } from "../letter-encoder.js";

/** Three letters of eight, and a number of dots: what differs in its dots alone has the same vector. */
function writeLines(path: string, lines: number, seed: number): string {
  const random = randomNumbers(seed);
  const letter = () => "abcdefgh"[Math.floor(8 * random())];
  const line = () => `${letter()}${letter()}${letter()}${".".repeat(Math.floor(24 * random()))}`;
  writeFileSync(
    path,
    `${Array.from({ length: lines }, (_, i) => (i % 97 === 5 ? "" : line())).join("\n")}\n`,
  );
  return path;
}

/** Blind to dots, and to what begins with h: many sentences have equal vectors, some none. */
function blindEncoder(): Encoder {
  const letters = letterEncoder(8, "blind");
  const seen = (text: string) => text.replaceAll(".", "");
  return {
    space: "blind",
    dimensions: 8,
    encode: async (texts) => {
      const vectors = await letters.encode(texts.map(seen));
      for (const [row, text] of texts.entries())
        if (text.startsWith("h")) vectors.fill(0, row * 8, row * 8 + 8);
      return vectors;
    },
  };
}

export interface Corpus {
  folder: string;
  source: string;
  target: string;
}

export async function embedCorpus(
  folder: string,
  lines: Record<"source" | "target", number>,
): Promise<Corpus> {
  const encoder = blindEncoder();
  const embedSide = async (name: "source" | "target", seed: number) => {
    const vectors = join(folder, `${name}.npy`);
    await embedFile(writeLines(join(folder, `${name}.txt`), lines[name], seed), vectors, { encoder });
    return vectors;
  };
  return { folder, source: await embedSide("source", 1), target: await embedSide("target", 2) };
}

export type Grid = Record<"source" | "target", number>;

/** Searches every tile of a grid, and gives them by source, then target. */
export async function searchGrid(
  { folder, source, target }: Corpus,
  grid: Grid,
  options: SearchTileOptions = {},
) {
  const tiles: string[][] = [];
  for (let x = 1; x <= grid.source; x++) {
    const row: string[] = [];
    for (let y = 1; y <= grid.target; y++) {
      const tile = join(folder, `tile-${x}-${y}-of-${grid.source}-${grid.target}`);
      await searchTile(source, target, tile, {
        ...options,
        sourceShard: { number: x, of: grid.source },
        targetShard: { number: y, of: grid.target },
      });
      row.push(tile);
    }
    tiles.push(row);
  }
  return tiles;
}
