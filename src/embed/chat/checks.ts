import { checkFilter, checkTest } from "./check-filters.js";
import { checkCall, checkMember } from "./check-members.js";
import { checkOperator } from "./check-operators.js";
import { type Given, kindOf, TemplateFault, type TemplateNode, type TemplateValue } from "./values.js";

/**
 * Looks at what a part of a template gives, by its type: puts right what the library does otherwise than Jinja.
 *
 * @throws TemplateFault where Jinja throws, or where it gives what is not done here
 */
export const CHECKS: Readonly<
  Record<string, (node: TemplateNode, value: TemplateValue, given: Given) => void>
> = {
  BinaryExpression: checkOperator,
  CallExpression: checkCall,
  FilterExpression: checkFilter,
  MemberExpression: checkMember,
  TestExpression: checkTest,
};

/** @throws TemplateFault for what Jinja puts into a text as Python writes it, which is not done here */
export function checkPrinted(value: TemplateValue): void {
  const kind = kindOf(value);
  if (["text", "number", "undefined value"].includes(kind)) return;
  throw new TemplateFault(`puts a ${kind} into the text, which is not done here`);
}
