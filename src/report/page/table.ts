import { type Child, element } from "./element.js";

/** A table that can be scrolled sideways where it is wider than the page; cells of numbers are aligned. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  const cell = (content: Child, column: number) =>
    column === 0
      ? element("th", { scope: "row" }, content)
      : element(
          "td",
          typeof content === "string" && /^[\d.,–]/.test(content) ? { class: "number" } : {},
          content,
        );
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": caption },
    element(
      "table",
      {},
      element("caption", {}, caption),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          head.map((name) => element("th", { scope: "col" }, name)),
        ),
      ),
      element(
        "tbody",
        {},
        rows.map((row) => element("tr", {}, row.map(cell))),
      ),
    ),
  );
}
