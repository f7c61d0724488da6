import { Interpreter } from "@huggingface/jinja";
import { CHECKS, checkPrinted } from "./checks.js";
import type { TemplateNode, TemplateValue } from "./values.js";

/** A scope of variables. */
export interface Scope {
  variables: Map<string, TemplateValue>;
  parent?: Scope;
}

/** As the library declares it, in files that name each other in a way that TypeScript does not follow here. */
const Base = Interpreter as new (
  scope: Scope,
) => {
  run(program: TemplateNode): TemplateValue;
  evaluate(node: TemplateNode | undefined, scope: Scope): TemplateValue;
};

/**
 * Renders a template as Jinja does, or throws. The library takes for granted what Python does otherwise (a list in a
 * text, a text that equals a number, which characters are space), so every value is looked at once it is there.
 */
export class StrictInterpreter extends Base {
  /** The innermost part that failed. */
  failed?: TemplateNode;
  readonly #printed: ReadonlySet<unknown>;
  readonly #values = new Map<unknown, TemplateValue>();
  /** In which turn of its loop a variable was set. */
  readonly #turns = new Map<Scope, Map<string, unknown>>();

  /** @param printed the parts of the template whose values become part of the text */
  constructor(scope: Scope, printed: ReadonlySet<unknown>) {
    super(scope);
    this.#printed = printed;
  }

  override evaluate(node: TemplateNode | undefined, scope: Scope): TemplateValue {
    if (!node) return super.evaluate(node, scope);
    try {
      if (node.type === "Identifier") this.#forget(String(node.value), scope);
      const value = super.evaluate(node, scope);
      this.#values.set(node, value);
      if (node.type === "Set") this.#note(node.assignee as TemplateNode, scope);
      CHECKS[node.type]?.(node, value, (part) => this.#values.get(part)!);
      if (this.#printed.has(node)) checkPrinted(value);
      return value;
    } catch (error) {
      // The library ends a turn of a loop by an error without a message.
      if ((error as Error).message !== "") this.failed ??= node;
      throw error;
    }
  }

  #note(assignee: TemplateNode, scope: Scope): void {
    const turns = this.#turns.get(scope) ?? new Map<string, unknown>();
    this.#turns.set(scope, turns);
    const names = assignee.type === "TupleLiteral" ? (assignee.value as TemplateNode[]) : [assignee];
    for (const { value } of names) turns.set(String(value), turnOf(scope));
  }

  /** Each turn of a loop begins without the variables that an earlier one has set. */
  #forget(name: string, scope: Scope): void {
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      const turns = this.#turns.get(at);
      if (!turns?.has(name) || turns.get(name) === turnOf(at)) continue;
      at.variables.delete(name);
      turns.delete(name);
    }
  }
}

function turnOf({ variables }: Scope): unknown {
  const loop = variables.get("loop")?.value;
  return loop instanceof Map ? loop.get("index").value : undefined;
}
