/**
 * Bundles what runs in the page of a report. It writes only what has changed: npx builds a folder's own package before it
 * runs it, and may not touch what is built already.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: ["src/report/page/page.ts", "src/report/page/page.css"],
  bundle: true,
  minify: true,
  target: ["chrome123", "firefox121", "safari17.5"],
  outdir: "dist/src/report/bundle",
  logLevel: "warning",
  write: false,
});
for (const { path, contents } of outputFiles) {
  if (existsSync(path) && readFileSync(path).equals(contents)) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
