import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";

/** Names that statements of a file bring in, or pass on, from each path that ends so in `src/`; types count as well. */
function namesFrom(file: string, path: RegExp): [path: string, name: string][] {
  const statement = /^(?:import|export) (?:type )?\{([^}]*)\} from "([^"]+)\.js";/gm;
  return [...readFileSync(file, "utf8").matchAll(statement)].flatMap(([, names, from]) => {
    const found = path.exec(from)?.[1];
    if (found === undefined) return [];
    const single = names.split(",").map((name) => name.trim().replace(/^type | as .*$/g, ""));
    return single.filter((name) => name !== "").map((name): [string, string] => [found, name]);
  });
}

test("the command line, the pipelines and the samples use names alone that the library exports", (t) => {
  const exported = namesFrom("src/index.ts", /^\.\/(.+)/).map(([path, name]) => `${path} ${name}`);
  t.true(exported.includes("jobs/mine mine"));
  const files = ["cli", "pipelines", "samples"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
  );
  const used = files.flatMap((file) =>
    namesFrom(file, /^(?:\.\.\/)+src\/(.+)/)
      .filter(([path]) => path !== "index")
      .map(([path, name]) => ({ file, name: `${path} ${name}` })),
  );
  t.true(used.some(({ name }) => name === "jobs/mine mine"));
  t.deepEqual(
    used.filter(({ name }) => !exported.includes(name)),
    [],
  );
});
