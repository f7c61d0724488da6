/** The settings of package.json, by which `npx ava FILE` runs, and what only code can say. */
import { existsSync, readFileSync, statfsSync } from "node:fs";

const { ava } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** Those that take longest. They begin first, so that none is left alone on one core at the end. */
const LONG = [
  "cli/criss",
  "jobs/criss/criss",
  "readmes/recipes",
  "damage",
  "jobs/tiles/tiles",
  "cli/extract",
  "cli/kill",
  "jobs/criss/adapter",
  "jobs/train/train-static",
  "cli/extract-bad-input",
];

const place = (path) => {
  const found = LONG.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return found < 0 ? LONG.length : found;
};

/** Files in memory: what runs keep is synced to the disk, which the tests would wait for thousands of times. */
const MEMORY = "/dev/shm";

function hasRoom(folder) {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 2 ** 30;
}

export default {
  ...ava,
  sortTestFiles: (a, b) => place(a) - place(b) || (a < b ? -1 : 1),
  environmentVariables: hasRoom(MEMORY) ? { TMPDIR: MEMORY } : {},
};
