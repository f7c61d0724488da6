import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of the test's own, gone when the test ends. */
export function temporaryFolder(t: { teardown(run: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "crisscross-test-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
