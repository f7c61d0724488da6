import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Makes a run folder that of a version which kept no checksums. */
export function dropChecksums(run: string): void {
  const path = join(run, "manifest.json");
  const { checksum: _, ...manifest } = JSON.parse(readFileSync(path, "utf8"));
  for (const stage of Object.values<Record<string, unknown>>(manifest.stages)) {
    delete stage.files;
    delete stage.spare;
  }
  writeFileSync(path, JSON.stringify(manifest));
}
