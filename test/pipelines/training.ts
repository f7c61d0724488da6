import { spawnSync } from "node:child_process";
import test, { type ImplementationFn } from "ava";

export const PYTHON = process.env.PYTHON ?? "python3";

/** Whether Python has all these packages. */
export function hasPackages(packages: readonly string[]): boolean {
  const find = `import importlib.util, sys; sys.exit(not all(map(importlib.util.find_spec, ${JSON.stringify(packages)})))`;
  return spawnSync(PYTHON, ["-c", find]).status === 0;
}

/**
 * Tests that train, one after the other; skipped, with a sentence, where the packages are absent.
 *
 * @param recipe the folder in `pipelines/` whose packages they need
 */
export function trainingTests(
  recipe: string,
  isThere: boolean,
): (title: string, run: ImplementationFn<[]>) => void {
  return (title, run) => {
    const limited: ImplementationFn<[]> = (t) => {
      t.timeout(600_000);
      return run(t);
    };
    if (isThere) test.serial(title, limited);
    else
      test.skip(
        `${title} (skipped: absent packages, pip install -r pipelines/${recipe}/requirements.txt)`,
        run,
      );
  };
}
