/** A part of a template, as the library parses it. */
export interface TemplateNode {
  type: string;
  [part: string]: unknown;
}

/** What a part of a template gives. */
export interface TemplateValue {
  type: string;
  value: unknown;
}

/** Tells what a part of a template gave. */
export type Given = (part: unknown) => TemplateValue;

/** What the library calls values, and what Jinja's users call them. */
const KINDS = {
  StringValue: "text",
  IntegerValue: "number",
  FloatValue: "fraction",
  BooleanValue: "truth value",
  NullValue: "none",
  UndefinedValue: "undefined value",
  ArrayValue: "list",
  TupleValue: "list",
  ObjectValue: "mapping",
  KeywordArgumentsValue: "mapping",
  NamespaceValue: "namespace",
  FunctionValue: "function",
} as const;

export type Kind = (typeof KINDS)[keyof typeof KINDS];

export const kindOf = ({ type }: TemplateValue): Kind => KINDS[type as keyof typeof KINDS];

export const isText = (value: TemplateValue): value is TemplateValue & { value: string } =>
  kindOf(value) === "text";

/** What is wrong with a template: what Jinja itself refuses, or what is not done here as Jinja does it. */
export class TemplateFault extends Error {
  constructor(
    message: string,
    readonly advice?: string,
  ) {
    super(message);
  }
}
