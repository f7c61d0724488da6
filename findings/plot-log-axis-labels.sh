#!/usr/bin/env bash
# Observable Plot (@observablehq/plot 0.6.17, with d3-scale 4.0.3): which ticks of a logarithmic axis have labels, and what
# axe-core (4.14.1) says of any chart.
#
# On a linear axis a function as tickFormat writes every tick that is given by number. On one of type "log" the same function
# is asked only for ticks that D3 would label, and the others stay without a text, even where all are given one by one: of
# 10, 20, 50 … 5000 each 50 and 500 are bare, of 50, 60, 70, 80 all but two.
#
# Plot also names the group of each mark (<g aria-label="rect">), which has no role. ARIA lets nothing name such an element,
# and axe-core counts each as a serious fault (aria-prohibited-attr), also in a chart that a figure with its own name holds.
#
# It matters to reports: plots of lengths and counts of corpora are logarithmic, and lose their numbers without a word; and a
# page that is tested with axe-core fails by its charts until they are hidden behind one name.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module", "overrides": {"d3-scale": "4.0.3"}}' > package.json
npm install --silent --no-audit --no-fund @observablehq/plot@0.6.17 jsdom@26.1.0 axe-core@4.14.1 > npm.log 2>&1 || { cat npm.log; exit 1; }

cat > see.js <<'EOF'
import * as Plot from "@observablehq/plot";
import axe from "axe-core";
import { JSDOM } from "jsdom";

const { window } = new JSDOM('<!DOCTYPE html><html lang="en"><title>Chart</title><main></main></html>', {
  runScripts: "outside-only",
});
const { document } = window;
for (const ticks of [[10, 20, 50, 100, 200, 500, 1000, 2000, 5000], [50, 60, 70, 80]])
  for (const type of ["linear", "log"]) {
    const chart = Plot.plot({
      document,
      x: { type, domain: [ticks[0], ticks.at(-1)], ticks, tickFormat: String },
      marks: [Plot.ruleX([60])],
    });
    const texts = [...chart.querySelectorAll('[aria-label="x-axis tick label"] text')].map((text) => text.textContent);
    console.log(`${type}, ${ticks.length} ticks: ${texts.filter((text) => text !== "").join(" ")}`);
  }

const figure = document.createElement("figure");
figure.setAttribute("aria-label", "Lengths");
figure.append(Plot.rectY([1, 2, 3], Plot.binX({ y: "count" })).plot({ document }));
document.querySelector("main").append(figure);
window.eval(axe.source);
const { violations } = await window.axe.run(document, { rules: { "color-contrast": { enabled: false } } });
for (const { id, impact, nodes } of violations.filter(({ impact }) => impact === "serious"))
  console.log(`axe: ${impact}, ${id}, ${nodes[0].html.match(/^<g aria-label="[^"]*"/)[0]}>`);
EOF
seen=$(node see.js)
echo "$seen"
diff <(echo "$seen") - <<'EOF'
linear, 9 ticks: 10 20 50 100 200 500 1000 2000 5000
log, 9 ticks: 10 20 100 200 1000 2000
linear, 4 ticks: 50 60 70 80
log, 4 ticks: 50 60
axe: serious, aria-prohibited-attr, <g aria-label="rect">
EOF
