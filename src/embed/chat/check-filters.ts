import { pythonStrip } from "./python-strip.js";
import {
  type Given,
  isText,
  kindOf,
  TemplateFault,
  type TemplateNode,
  type TemplateValue,
} from "./values.js";

const FILTERS = [
  "trim",
  "length",
  "tojson",
  "default",
  "first",
  "last",
  "join",
  "list",
  "string",
  "upper",
].concat(["lower", "selectattr", "rejectattr", "map", "replace", "reverse", "items"]);
/** Tests that `selectattr` may name: the others differ for what is undefined. */
const OF_ATTRIBUTES = ["equalto", "eq", "defined", "string", "mapping"];
const TESTS = [
  "defined",
  "undefined",
  "none",
  "string",
  "mapping",
  "true",
  "false",
  "boolean",
  "integer",
].concat(["number", "iterable", "sequence", "odd", "even"]);
/** What Python can go through: of what is undefined there is nothing, which is no error. */
const ITERABLE = ["text", "list", "mapping", "undefined value"];

/** Filters that give what Jinja's give. */
export function checkFilter(node: TemplateNode, value: TemplateValue, given: Given): void {
  const filter = node.filter as TemplateNode;
  const called = filter.type === "CallExpression" ? (filter.callee as TemplateNode) : filter;
  const name = String(called.value);
  const operand = given(node.operand);
  const refuse = () => {
    throw new TemplateFault(`has the filter ${name} on a ${kindOf(operand)}, which is not done here`);
  };
  if (!FILTERS.includes(name)) refuse();
  if (name === "trim" && isText(operand)) value.value = pythonStrip(operand.value, "strip");
  if (name === "length" && isText(operand)) value.value = [...operand.value].length;
  if (name === "tojson" && kindOf(operand) === "undefined value") refuse();
  if (name === "join" && !(kindOf(operand) === "list" && (operand.value as TemplateValue[]).every(isText)))
    refuse();
  if (name === "string" && !["text", "number"].includes(kindOf(operand))) refuse();
  const [, test] = (filter.args ?? []) as TemplateNode[];
  if (name.endsWith("attr") && test && !OF_ATTRIBUTES.includes(String(test.value))) refuse();
}

/** Tests that tell what Jinja's tell. */
export function checkTest(node: TemplateNode, value: TemplateValue, given: Given): void {
  const name = String((node.test as TemplateNode).value);
  const kind = kindOf(given(node.operand));
  if (!TESTS.includes(name) || (name === "number" && kind === "truth value"))
    throw new TemplateFault(`has the test ${name} of a ${kind}, which is not done here`);
  if (name === "iterable" || name === "sequence") value.value = ITERABLE.includes(kind) !== node.negate;
}
