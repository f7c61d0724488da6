/*!
Charts: Observable Plot, Copyright 2020-2025 Observable, Inc.; D3, Copyright 2010-2026 Mike Bostock; ISC licence:
Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED "AS IS"
AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY
AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY
DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER
TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
*/
import type { ReportModel, ReportPart } from "../model.js";
import { type Child, element } from "./element.js";
import { LabelStore } from "./label-store.js";
import { lengthsSection } from "./lengths.js";
import { pairsSection } from "./pairs.js";
import { roundsSection } from "./rounds.js";
import {
  changesSection,
  duplicatesSection,
  hostsSection,
  hubsSection,
  languagesSection,
  leftOutSection,
  rulesSection,
} from "./sections.js";
import { themeChoice } from "./theme.js";
import { thresholdSection } from "./threshold.js";

const KINDS: Readonly<Record<ReportPart["kind"], string>> = {
  run: "Run",
  bitext: "Bitext",
  filter: "Filtered bitext",
  loop: "Loop",
  extract: "Extracted sentences",
};

/** Builds the page of a report, whose model stands in it as JSON. */
function build(): void {
  const data = document.getElementById("report")!;
  const { parts } = JSON.parse(data.textContent) as ReportModel;
  const main = document.querySelector("main")!;
  document.querySelector("header")!.append(themeChoice());
  if (parts.length > 1) main.append(contents(parts));
  const labels = new LabelStore();
  main.append(...parts.map((part, i) => partOf(part, `part${i + 1}`, labels)));
}

function contents(parts: readonly ReportPart[]): HTMLElement {
  return element(
    "nav",
    { "aria-label": "Parts" },
    element(
      "ul",
      {},
      parts.map(({ name, kind }, i) =>
        element("li", {}, element("a", { href: `#part${i + 1}` }, `${KINDS[kind]} ${name}`)),
      ),
    ),
  );
}

function partOf(part: ReportPart, id: string, labels: LabelStore): HTMLElement {
  return element(
    "article",
    { id, class: "part", "aria-labelledby": `${id}-name` },
    element(
      "h2",
      { id: `${id}-name` },
      `${KINDS[part.kind]} `,
      element("span", { class: "name" }, part.name),
    ),
    part.notes.map((note) => element("p", { class: "note" }, note)),
    factsOf(part),
    thresholdSection(part, id),
    roundsSection(part),
    rulesSection(part),
    changesSection(part),
    pairsSection(part, id, labels),
    leftOutSection(part),
    lengthsSection(part),
    languagesSection(part),
    hubsSection(part),
    duplicatesSection(part),
    hostsSection(part),
  );
}

function factsOf({ facts }: ReportPart): Child {
  if (facts.length === 0) return undefined;
  return element(
    "dl",
    { class: "facts" },
    facts.map(({ name, value }) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
}

build();
