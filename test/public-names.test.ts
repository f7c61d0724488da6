import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "ava";
import ts from "typescript";

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

const INDEX = resolve("dist/src/index.d.ts");
const OURS = resolve("dist/src");

/** The declarations, as a project without a browser's types sees them. */
const program = ts.createProgram([INDEX], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  types: ["node"],
  strict: true,
  noEmit: true,
});

test("the declarations compile without a browser's types", (t) => {
  t.deepEqual(
    ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    [],
  );
});

/** What makes another type of one, so that nobody has to name that one. */
const MADE_OF = ["Pick", "Omit"];

test("every type that a public signature names is public under the name that it has in the source", (t) => {
  const checker = program.getTypeChecker();
  const aliased = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const index = checker.getSymbolAtLocation(program.getSourceFile(INDEX)!)!;
  const names = checker.getExportsOfModule(index).map((symbol) => [symbol.name, aliased(symbol)] as const);
  const exported = new Set(names.map(([, symbol]) => symbol));
  t.deepEqual(
    names.filter(([name, symbol]) => name !== symbol.name).map(([name]) => name),
    [],
  );

  const missing = new Set<string>();
  const isOurs = (node: ts.Node) => node.getSourceFile().fileName.startsWith(OURS);
  const visit = (node: ts.Node): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    if (name && MADE_OF.includes(name.getText())) return;
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol) {
      const named = aliased(symbol);
      const [declaration] = named.declarations ?? [];
      const isParameter = (named.flags & ts.SymbolFlags.TypeParameter) !== 0;
      if (declaration && isOurs(declaration) && !isParameter && !exported.has(named))
        missing.add(`${named.name} of ${declaration.getSourceFile().fileName.slice(OURS.length + 1)}`);
    }
    ts.forEachChild(node, visit);
  };
  for (const { declarations = [] } of exported) declarations.filter(isOurs).forEach(visit);
  t.deepEqual([...missing].sort(), []);
});
