import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** The README that every other one leads back to. */
export const TOP = "README.md";
const ELSEWHERE = ["node_modules", "dist"];

/** Every README of the repository by its path from the root, the top one first. */
export const READMES: readonly string[] = [TOP, ...below(".").sort()];

/** All that a reader can follow: the READMEs, and CONTRIBUTING. */
export const PAGES: readonly string[] = [...READMES, "CONTRIBUTING.md"];

export const readPage = (path: string): string => readFileSync(path, "utf8");

/** Where a page's links go, but for those to other sites: paths from the root, each with what follows its `#`. */
export function linksOf(page: string): { path: string; anchor?: string }[] {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path, anchor] = link.split("#");
      return { path: path === "" ? page : normalize(join(dirname(page), path)), anchor };
    });
}

/** A page without its blocks of code. */
export const prose = (page: string): string => readPage(page).replace(/^```.*?^```/gms, "");

/** Code within text and tables. */
export const codeOf = (page: string): string[] =>
  [...prose(page).matchAll(/`([^`]+)`/g)].map(([, code]) => code);

/** The blocks of code of a page that are in one of these languages. */
export function blocks(page: string, ...languages: string[]): string[] {
  return [...readPage(page).matchAll(/^```(\w+)\n(.*?)^```/gms)]
    .filter(([, language]) => languages.includes(language))
    .map(([, , content]) => content);
}

/** What a page has between `<!-- name -->` and `<!-- /name -->`. */
export function marked(page: string, name: string): string {
  return new RegExp(`<!-- ${name} -->\n(.*?)<!-- /${name} -->`, "s").exec(readPage(page))![1].trim();
}

/** The READMEs below the folders of a folder. */
function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !ELSEWHERE.includes(entry.name))
    .flatMap(({ name }) => {
      const path = join(folder, name);
      const own = readdirSync(path).includes("README.md") ? [join(path, "README.md")] : [];
      return [...own, ...below(path)];
    });
}
