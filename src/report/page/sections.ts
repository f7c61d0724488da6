import type { ChangedPair, RepeatedText, ReportPart } from "../model.js";
import { type Child, element, sentence } from "./element.js";
import { percent, whole } from "./numbers.js";
import { table } from "./table.js";

/** A section with a heading; nothing where it has no content. */
export function section(heading: string, ...content: Child[]): Child {
  if (content.flat(9).every((child) => child === undefined || child === false)) return undefined;
  return element("section", {}, element("h3", {}, heading), content);
}

export function leftOutSection({ leftOut }: ReportPart): Child {
  if (!leftOut || leftOut.length === 0) return undefined;
  return section(
    "What was left out",
    table(
      "What is not among the pairs, and why",
      ["what", "how many"],
      leftOut.map(({ what, count }) => [what, whole(count)]),
    ),
  );
}

export function languagesSection({ languages }: ReportPart): Child {
  if (!languages || languages.of === 0) return undefined;
  const { of, counts } = languages;
  return section(
    "Languages",
    table(
      `Of ${whole(of)} pairs that were drawn, as fastText's model tells their languages`,
      ["source", "target", "pairs", "share"],
      counts.map(({ source, target, pairs }) => [source, target, whole(pairs), percent(pairs / of)]),
    ),
  );
}

export function hubsSection({ hubs }: ReportPart): Child {
  if (!hubs || hubs.source.length + hubs.target.length === 0) return undefined;
  return section(
    "Hubs",
    element(
      "p",
      { class: "hint" },
      "Sentences that are among the k nearest of many, which a margin holds back.",
    ),
    repeatedTable("Of the source", hubs.source, "neighbour of"),
    repeatedTable("Of the target", hubs.target, "neighbour of"),
  );
}

export function duplicatesSection({ duplicates }: ReportPart): Child {
  if (!duplicates) return undefined;
  const counts = duplicates.counts.filter(({ count }) => count > 0);
  if (counts.length === 0) return section("Duplicates", element("p", {}, "No text stands there twice."));
  return section(
    "Duplicates",
    table(
      "What stands there more than once",
      ["what", "how many"],
      counts.map(({ what, count }) => [what, whole(count)]),
    ),
    repeatedTable("Most often in the source", duplicates.repeated.source, "times"),
    repeatedTable("Most often in the target", duplicates.repeated.target, "times"),
  );
}

export function hostsSection({ hosts }: ReportPart): Child {
  if (!hosts) return undefined;
  return section(
    "Hosts",
    table(
      `The hosts that give most of ${whole(hosts.of)} pairs, of ${whole(hosts.distinct)} pairs of hosts`,
      ["source", "target", "pairs", "share"],
      hosts.counts.map(({ source, target, pairs }) => [
        source,
        target,
        whole(pairs),
        percent(pairs / hosts.of),
      ]),
    ),
  );
}

export function rulesSection({ rules }: ReportPart): Child {
  if (!rules || rules.length === 0) return undefined;
  const all = rules.reduce((sum, { rejected }) => sum + rejected, 0);
  return section(
    "Rules of the filter",
    table(
      `Rejected pairs by the first rule that rejects them, ${whole(all)} in all`,
      ["rule", "rejected", "share"],
      rules.map(({ rule, rejected }) => [rule, whole(rejected), percent(all === 0 ? 0 : rejected / all)]),
    ),
    rules
      .filter(({ examples }) => examples.length > 0)
      .map(({ rule, examples }) =>
        element(
          "details",
          {},
          element("summary", {}, `${rule}: examples`),
          examples.map(({ reason, source, target, line }) =>
            element(
              "article",
              { class: "pair", "aria-label": `Rejected by ${rule}` },
              textPair(source, target),
              element("p", { class: "figures" }, `${reason} · line ${line}`),
            ),
          ),
        ),
      ),
  );
}

export function changesSection({ changes }: ReportPart): Child {
  if (!changes || changes.length === 0) return undefined;
  return section(
    "What came and went",
    table(
      "Distinct pairs, by their texts",
      ["compared", "in both", "came", "went"],
      changes.map(({ name, kept, came, went }) => [name, whole(kept), whole(came), whole(went)]),
    ),
    changes.flatMap(({ name, examples }) => [
      changedPairs(`${name}: pairs that came`, examples.came),
      changedPairs(`${name}: pairs that went`, examples.went),
    ]),
  );
}

function changedPairs(name: string, pairs: readonly ChangedPair[]): Child {
  if (pairs.length === 0) return undefined;
  const card = ({ score, source, target }: ChangedPair) =>
    element(
      "article",
      { class: "pair", "aria-label": name },
      textPair(source, target),
      score !== undefined && element("p", { class: "figures" }, `score ${score.toFixed(6)}`),
    );
  return element("details", {}, element("summary", {}, name), pairs.map(card));
}

const textPair = (source: string, target: string): HTMLElement =>
  element(
    "div",
    { class: "sides" },
    [source, target].map((text) => element("p", { class: "text" }, sentence(text))),
  );

function repeatedTable(caption: string, texts: readonly RepeatedText[], times: string): Child {
  if (texts.length === 0) return undefined;
  return table(
    caption,
    ["text", times],
    texts.map(({ text, times }) => [sentence(text), whole(times)]),
  );
}
