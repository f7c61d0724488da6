import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ReportModel } from "./model.js";

/**
 * A report as one HTML file that needs nothing else: no network, no other file. What it shows stands in it as JSON, which
 * its script puts into text nodes; what a sentence holds is never read as HTML, and no script but its own may run.
 */
export function formatReportPage(model: ReportModel): string {
  // No tag can end, and none begin, within the element.
  const data = JSON.stringify(model).replaceAll("<", "\\u003c");
  const script = readBundled("page.js");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`,
    // The charts' own styles; without a source nothing can be fetched by them.
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>crisscross report</title>
<style>${readBundled("page.css")}</style>
</head>
<body>
<header><h1>crisscross report</h1></header>
<main><noscript><p>This page is drawn by a script of its own, which is turned off here.</p></noscript></main>
<script type="application/json" id="report">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** What `npm run build` bundles from `page/`. */
function readBundled(name: string): string {
  return readFileSync(fileURLToPath(new URL(`bundle/${name}`, import.meta.url)), "utf8").trim();
}
