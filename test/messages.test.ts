import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import ts from "typescript";
import { spellOption } from "../cli/spell-option.js";
import { commandsOf, wholeProgram } from "./readmes/command-lines.js";

/** Options that only the library has. */
const OF_THE_LIBRARY = ["checkpointEvery", "without"];

/** What checks an option by its name: in the keys of its first argument, or as that argument. */
const CHECKS = /^check(Whole|Numbers|Positive|Share|OneOf)$/;

const commands = commandsOf(await wholeProgram()).map(({ command }) => command);
const options = commands.flatMap((command) => command.options);
const flags = new Set(options.map(({ long }) => long!));
const camelCase = new Set(options.map((one) => one.attributeName()).filter((name) => /[A-Z]/.test(name)));

/** A text that the source writes out, and whether it is in the making of an error. */
interface Written {
  text: string;
  where: string;
  inError: boolean;
}

const written: Written[] = [];
const named: { name: string; where: string }[] = [];

const files = readdirSync("src", { recursive: true, encoding: "utf8" });
for (const path of files.filter((name) => name.endsWith(".ts")).map((name) => join("src", name))) {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  visit(source, false);

  function visit(node: ts.Node, inError: boolean): void {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const where = `${path}:${line}`;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      written.push({ text: node.text, where, inError });
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText();
      const [first] = node.arguments;
      if ((callee === "option" || CHECKS.test(callee)) && first) {
        for (const name of namesIn(first)) named.push({ name, where });
        if (callee === "option") return;
      }
    }
    const isError = ts.isNewExpression(node) && /(Error|BrokenInput)$/.test(node.expression.getText());
    ts.forEachChild(node, (child) => visit(child, inError || isError));
  }
}

function namesIn(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => (property.name ? [property.name.getText()] : []));
}

test("the library's texts have no flags, but in whole command lines", (t) => {
  // Flags of package managers, in whole command lines, too; and a page's, whose colours look like flags.
  const others = ["src/runtime/install-advice.ts", "src/report/page/"];
  const ours = written.filter(({ where }) => !others.some((path) => where.startsWith(path)));
  const withFlags = ours.filter(({ text }) => /(?<!crisscross [\w ]*)(?<![\w-])--[a-z]/.test(text));
  t.deepEqual(withFlags, []);
});

test("errors name options so that the command line can spell them", (t) => {
  const bare = written.filter(
    ({ text, inError }) => inError && text.split(/[^A-Za-z]+/).some((word) => camelCase.has(word)),
  );
  t.deepEqual(bare, []);
});

test("every option that an error or a check names has a flag", (t) => {
  const unknown = named.filter(
    ({ name }) => !OF_THE_LIBRARY.includes(name) && !flags.has(spellOption({ option: name })),
  );
  t.deepEqual(unknown, []);
  t.true(named.length > 100, String(named.length));
});
