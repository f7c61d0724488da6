import { existsSync } from "node:fs";
import test from "ava";
import { blocks, codeOf, linksOf, PAGES, prose, READMES, readPage, TOP } from "./find.js";

for (const page of PAGES)
  test(`${page}: every link leads somewhere`, (t) => {
    const dead = linksOf(page).filter(
      ({ path, anchor }) => !existsSync(path) || (anchor !== undefined && !anchorsOf(path).includes(anchor)),
    );
    t.deepEqual(dead, []);
  });

for (const page of PAGES)
  test(`${page}: every file of the repository that is named is there`, (t) => {
    t.deepEqual(
      filesNamedIn(page).filter((path) => !existsSync(path)),
      [],
    );
  });

for (const page of READMES.filter((path) => path !== TOP))
  test(`${page}: it begins with what it is, and with the way back`, (t) => {
    const [title, first] = readPage(page).split("\n\n");
    t.regex(title, /^# \S/);
    t.regex(first, /^[A-Z`].*\.\s\(\[crisscross\]\([./]+README\.md(#\w+)?\)\)$/s);
    t.is(linksOf(page)[0].path, TOP);
  });

for (const page of PAGES)
  test(`${page}: every row of a table has as many cells as the row below its head`, (t) => {
    const odd = tablesOf(page).flatMap((rows) => rows.filter((row) => cells(row) !== cells(rows[1])));
    t.deepEqual(odd, []);
  });

/** The files that code names by their path from the root; a program of `dist/` by what it is built from. */
function filesNamedIn(page: string): string[] {
  const words = [...codeOf(page), ...blocks(page, "sh")].flatMap((code) => code.split(/\s+/));
  return words
    .map((word) => word.replace(/^dist\/(.*)\.js$/, "$1.ts"))
    .filter((word) => /^(cli|pipelines|samples|src|test)\/[\w./-]*$/.test(word));
}

/** The rows of each table of a page. */
const tablesOf = (page: string): string[][] =>
  [...prose(page).matchAll(/^(?:\|.*\n)+/gm)].map(([table]) => table.trimEnd().split("\n"));

const cells = (row: string): number => row.split(/(?<!\\)\|/).length;

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
