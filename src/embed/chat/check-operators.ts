import { type Given, kindOf, TemplateFault, type TemplateNode, type TemplateValue } from "./values.js";

const NUMBERS = ["number", "fraction"];

/** Operators between what they are for; equality without JavaScript's conversions. */
export function checkOperator(node: TemplateNode, value: TemplateValue, given: Given): void {
  const operator = (node.operator as TemplateNode).value as string;
  if (operator === "and" || operator === "or") return;
  const left = given(node.left);
  const right = given(node.right);
  const kinds = [kindOf(left), kindOf(right)];
  const both = (...allowed: string[]) => kinds.every((kind) => allowed.includes(kind));
  const refuse = () => {
    throw new TemplateFault(`has ${operator} between a ${kinds.join(" and a ")}, which is not done here`);
  };
  switch (operator) {
    case "+":
      if (!both("text") && !both("list") && !both(...NUMBERS)) refuse();
      break;
    case "~":
      if (!both("text", "number")) refuse();
      break;
    case "%":
      if (!both(...NUMBERS) || (left.value as number) < 0 || (right.value as number) <= 0) refuse();
      break;
    case "==":
    case "!=": {
      if (both("list") || both("mapping") || both("namespace") || both("function")) refuse();
      if (kinds.includes("truth value") && kinds.some((kind) => NUMBERS.includes(kind))) refuse();
      const isEqual = (kinds[0] === kinds[1] || both(...NUMBERS)) && left.value === right.value;
      value.value = isEqual === (operator === "==");
    }
  }
}
