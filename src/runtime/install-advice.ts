import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface Manager {
  /** What it leaves in a project, by paths from the project's folder. */
  signs: readonly string[];
  /** Adds a package to the project. */
  add(name: string): string;
  /** Compiles a package whose install script was blocked. */
  compile(name: string): string;
}

const OTHER: Manager = {
  signs: [],
  add: (name) => `Install ${name}`,
  compile: (name) => `Install ${name} and let its install script run`,
};

/** npm is last: projects of the others may hold what it left. */
const MANAGERS: readonly Manager[] = [
  {
    signs: ["node_modules/.modules.yaml", "node_modules/.pnpm"],
    add: (name) => `Run pnpm add ${name}`,
    // pnpm 12 brings no node-gyp.
    compile: (name) =>
      `Run pnpm add --allow-build=${name} ${name} node-gyp (pnpm 10: pnpm approve-builds, and choose ${name})`,
  },
  {
    signs: ["bun.lock", "bun.lockb"],
    add: (name) => `Run bun add ${name}`,
    // `bun pm trust` knows no package whose install script is left to its binding.gyp.
    compile: (name) => `Run bun add --trust ${name}`,
  },
  {
    ...OTHER,
    signs: ["node_modules/.yarn-state.yml", "node_modules/.yarn-integrity"],
    add: (name) => `Run yarn add ${name}`,
  },
  {
    signs: ["node_modules/.package-lock.json"],
    add: (name) => `Run npm install ${name}`,
    compile: (name) =>
      `Run npm install ${name} && npm rebuild ${name} --ignore-scripts=false (npm 12 wants npm install-scripts approve ${name} between them)`,
  },
];

const HERE = dirname(fileURLToPath(import.meta.url));

/** What to do about a package that is not there, in words that a sentence begins with. */
export function adviseAdding(name: string, folder = HERE): string {
  return managerOf(folder).add(name);
}

/** The same for a package without binaries of its own, whose install script compiles it. */
export function adviseCompiling(name: string, folder = HERE): string {
  return managerOf(folder).compile(name);
}

/** Who installed the nearest project around a folder. */
function managerOf(folder: string): Manager {
  const found = MANAGERS.find(({ signs }) => signs.some((sign) => existsSync(join(folder, sign))));
  if (found) return found;
  const above = dirname(folder);
  return above === folder ? OTHER : managerOf(above);
}
