import { isStrip, pythonStrip } from "./python-strip.js";
import {
  type Given,
  isText,
  kindOf,
  TemplateFault,
  type TemplateNode,
  type TemplateValue,
} from "./values.js";

/** Methods of texts that the library has as Python has them, or that are put right here. */
const TEXT_METHODS = ["upper", "lower", "startswith", "endswith", "split", "replace"];
const OF_LOOP = [
  "index",
  "index0",
  "revindex",
  "revindex0",
  "first",
  "last",
  "length",
  "previtem",
  "nextitem",
];

const nameOf = (node: unknown) => String((node as TemplateNode).value);

/** What is had of something: not of nothing, and of texts by whole characters. */
export function checkMember(node: TemplateNode, value: TemplateValue, given: Given): void {
  const object = given(node.object);
  const kind = kindOf(object);
  if (kind === "undefined value") throw new TemplateFault("asks something of what is undefined");
  const asked = node.computed ? given(node.property) : (node.property as TemplateNode);
  const isSlice = asked === undefined;
  if (!node.computed && nameOf(node.object) === "loop" && !OF_LOOP.includes(nameOf(node.property)))
    throw new TemplateFault(`asks for loop.${nameOf(node.property)}, which is not done here`);
  if ((kind === "list" || isText(object)) && !isSlice && nameOf(asked) === "length")
    throw new TemplateFault(`asks a ${kind} for its length by a name that it does not have`);
  if (isText(object) && isText(value) && node.computed && !isSlice)
    value.value = [...object.value].at(Number(asked.value)) ?? "";
}

/** Calls of a text's methods. */
export function checkCall(node: TemplateNode, value: TemplateValue, given: Given): void {
  const callee = node.callee as TemplateNode;
  if (callee.type !== "MemberExpression") return;
  const object = given(callee.object);
  if (!isText(object)) return;
  const name = nameOf(callee.property);
  const args = (node.args as TemplateNode[]).map((argument) => given(argument));
  const [first] = args;
  if (isStrip(name) && args.length <= 1 && (first === undefined || isText(first)))
    value.value = pythonStrip(object.value, name, first?.value);
  else if (!TEXT_METHODS.includes(name) || (name === "split" && !(first && isText(first))))
    throw new TemplateFault(`calls ${name} in a way that is not done here`);
}
