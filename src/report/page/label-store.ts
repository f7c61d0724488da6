import type { Label, Labels } from "./labels.js";

/** Keeps labels in the browser, where that is allowed: they are there when the same report is opened again. */
export class LabelStore {
  private readonly held: Map<string, Label>;

  constructor(private readonly name: string) {
    this.held = new Map(read(name));
  }

  get labels(): Labels {
    return this.held;
  }

  /** @returns whether it will be there when the page is opened again */
  set(key: string, label: Label | undefined): boolean {
    if (label) this.held.set(key, label);
    else this.held.delete(key);
    try {
      localStorage.setItem(this.name, JSON.stringify([...this.held]));
      return true;
    } catch {
      return false;
    }
  }
}

function read(name: string): [string, Label][] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(found) ? found.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(entry: unknown): entry is [string, Label] {
  return (
    Array.isArray(entry) && typeof entry[0] === "string" && (entry[1] === "right" || entry[1] === "wrong")
  );
}
