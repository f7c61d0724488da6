import type { ShownPair, ShownSide } from "../model.js";
import { type Child, element, sentence } from "./element.js";
import type { Label } from "./labels.js";
import { markWords } from "./mark-words.js";

/** A pair to look at, with a field for whether it is right. */
export function pairCard(
  pair: ShownPair,
  { name, label, onLabel }: { name: string; label?: Label; onLabel(label: Label | undefined): void },
): HTMLElement {
  const { source, target } = pair;
  const card = element(
    "article",
    { class: "pair", "aria-label": `Pair with score ${pair.score?.toFixed(3) ?? "unknown"}` },
    element(
      "div",
      { class: "sides" },
      side("source", source, target.text),
      side("target", target, source.text),
    ),
    element("p", { class: "figures" }, figuresOf(pair)),
    question(name, label, onLabel),
  );
  return card;
}

function side(name: string, { text, line, address, rival }: ShownSide, other: string): HTMLElement {
  return element(
    "div",
    { class: "side" },
    element(
      "p",
      { class: "text" },
      sentence(
        "",
        markWords(text, other).map(({ text, kind }) =>
          kind === "plain" ? text : element("mark", { class: kind, title: TITLES[kind] }, text),
        ),
      ),
    ),
    element("p", { class: "place" }, name, line !== undefined && ` · line ${line}`, link(address)),
    rival &&
      element(
        "p",
        { class: "rival" },
        element("span", {}, `second choice of the ${name}, ${rival.score.toFixed(3)}: `),
        sentence(rival.text),
      ),
  );
}

const TITLES = {
  "shared-number": "both sides have this number",
  "odd-number": "only this side has this number",
  copied: "both sides have this word",
} as const;

/** Nothing but pages is linked to. */
function link(address: string | undefined): Child {
  if (address === undefined || !/^https?:\/\//i.test(address)) return undefined;
  return [" · ", element("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, address)];
}

function figuresOf({ score, cosine, forwardRank, backwardRank }: ShownPair): string {
  const rank = (value: number | undefined, of: string) =>
    value === undefined
      ? []
      : [value === 0 ? `not among the ${of}'s neighbours` : `rank ${value} of the ${of}'s neighbours`];
  return [
    `score ${score?.toFixed(6) ?? "unknown"}`,
    ...(cosine === undefined ? [] : [`cosine ${cosine.toFixed(3)}`]),
    ...rank(forwardRank, "source"),
    ...rank(backwardRank, "target"),
  ].join(" · ");
}

function question(
  name: string,
  label: Label | undefined,
  onLabel: (label: Label | undefined) => void,
): HTMLElement {
  const choice = (value: Label | "", text: string) => {
    const id = `${name}-${value || "open"}`;
    const input = element("input", { type: "radio", name, id, value, checked: (label ?? "") === value });
    input.addEventListener("change", () => onLabel(value || undefined));
    return element("span", {}, input, element("label", { for: id }, text));
  };
  return element(
    "fieldset",
    { class: "question" },
    element("legend", {}, "Is it a translation?"),
    choice("right", "right"),
    choice("wrong", "wrong"),
    choice("", "not judged"),
  );
}
