import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

const SIGNS = / [-/] |[<>*]| : /g;
const ARROWS = / » |[|→←•·¬]/g;

export const noBreadcrumbs = defineRule({
  name: "no_breadcrumbs",
  origin: "Bicleaner hardrules",
  description:
    "1, and rejected, if a side looks like a site's navigation: at least three of - / < > * : and at least two of » | → • ·.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (has(text, ARROWS, 2) && has(text, SIGNS, 3) ? 1 : 0),
    bounds: NONE,
  }),
});

const has = (text: string, sign: RegExp, times: number) => (text.match(sign)?.length ?? 0) >= times;
