import { Environment, parse, tokenize } from "@huggingface/jinja";
import { ModelError } from "../../errors.js";
import { findChain, type Place, placeOf, placeOfError } from "./place-in-template.js";
import { type Scope, StrictInterpreter } from "./strict-interpreter.js";
import { TemplateFault, type TemplateNode } from "./values.js";

/** A template of Jinja, as transformers renders chat templates. */
export interface ChatTemplate {
  /** @throws ModelError that names the line where it throws, or asks for what is not done here */
  render(variables: Readonly<Record<string, unknown>>): string;
  /** Whether a variable of that name stands in it. */
  reads(variable: string): boolean;
}

/**
 * @param name where it stands, for messages
 * @throws ModelError that names the line which is no template, or none that is understood here
 */
export function openTemplate(name: string, text: string): ChatTemplate {
  const source = text.replace(/\r\n?/g, "\n");
  const program = parseTemplate(name, source);
  const chain = findChain(source);
  if (chain) throw explain(name, chain, new TemplateFault("compares a comparison, which is not done here"));
  const printed = new Set<unknown>();
  const names = new Set<unknown>();
  for (const node of nodesOf(program)) {
    if (node.type === "Identifier") names.add(node.value);
    for (const part of partsOfText(node)) printed.add(part);
  }
  return {
    reads: (variable) => names.has(variable),
    render: (variables) => {
      const scope = new Environment();
      for (const [variable, value] of Object.entries({ ...GLOBALS, ...variables }))
        scope.set(variable, value);
      const interpreter = new StrictInterpreter(scope as unknown as Scope, printed);
      try {
        return String(interpreter.run(program).value);
      } catch (cause) {
        throw explain(name, interpreter.failed && placeOf(source, interpreter.failed), cause);
      }
    },
  };
}

const GLOBALS = {
  ...{ true: true, True: true, false: false, False: false, none: null, None: null },
  range: (first: number, end?: number, step = 1) => {
    const [from, to] = end === undefined ? [0, first] : [first, end];
    return Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step);
  },
  raise_exception: (message: string) => {
    throw new TemplateFault(`refuses it: ${message}`);
  },
  strftime_now: () => {
    throw new TemplateFault(
      "puts the date into the text, so that the same text would have another vector tomorrow",
      "Set the date in sentence_bert_config.json, under processing_kwargs.chat_template, if the template takes one.",
    );
  },
};

function parseTemplate(name: string, source: string): TemplateNode {
  try {
    return parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true })) as unknown as TemplateNode;
  } catch (cause) {
    throw explain(name, placeOfError(source), cause);
  }
}

function explain(name: string, place: Place | undefined, cause: unknown): ModelError {
  const where = place && ` line ${place.line}${place.words ? `, ${place.words}` : ""}:`;
  const isOwn = cause instanceof TemplateFault;
  const message =
    cause instanceof TypeError ? "it ends too early" : (cause as Error).message.replace(/\.$/, "");
  const what = isOwn ? cause.message : `cannot be rendered here (${message})`;
  return new ModelError(`${name}:${where ?? ""} the chat template ${what}.`, {
    advice: isOwn ? cause.advice : undefined,
    cause,
  });
}

const STATEMENTS = ["Set", "If", "For", "Macro", "Comment", "Break", "Continue"];

/** The parts of a node whose values become part of the text: those that stand where statements could. */
function partsOfText(node: TemplateNode): TemplateNode[] {
  const bodies = [node.body, node.alternate, node.defaultBlock].flatMap(
    (body) => (body ?? []) as TemplateNode[],
  );
  return bodies.filter(({ type }) => !STATEMENTS.includes(type));
}

function* nodesOf(part: unknown): Generator<TemplateNode> {
  if (typeof part !== "object" || part === null) return;
  if (!Array.isArray(part) && !(part instanceof Map)) yield part as TemplateNode;
  const parts = Array.isArray(part) || part instanceof Map ? part : Object.values(part);
  for (const one of parts) yield* nodesOf(one);
}
