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
  names: string | readonly string[],
  run: (t: Parameters<ImplementationFn<[]>>[0], ...paths: string[]) => Promise<void>,
): void {
  const found = [names].flat().map((name) => ({ name, path: sharedPath(name) }));
  const absent = found.find(({ path }) => path === undefined);
  const declare: TestFn | TestFn["skip"] = absent ? test.skip : test;
  declare(absent ? `${title} (skipped: there is no ../shared/${absent.name})` : title, (t) =>
    run(t, ...found.map(({ path }) => path!)),
  );
}
