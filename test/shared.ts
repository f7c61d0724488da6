import { existsSync } from "node:fs";
import { resolve } from "node:path";
import test, { type ImplementationFn, type TestFn } from "ava";

/** A corpus, model or fixture that lies beside the repository, or nothing where it is absent. */
export function sharedPath(name: string): string | undefined {
  const path = resolve("..", "shared", name);
  return existsSync(path) ? path : undefined;
}

/** A test that needs something from beside the repository; it is skipped, with a sentence, where that is absent. */
export function testShared(
  title: string,
  name: string,
  run: (t: Parameters<ImplementationFn<[]>>[0], path: string) => Promise<void>,
): void {
  const path = sharedPath(name);
  const declare: TestFn | TestFn["skip"] = path ? test : test.skip;
  declare(path ? title : `${title} (skipped: there is no ../shared/${name})`, (t) => run(t, path!));
}
