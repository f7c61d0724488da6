import type { Label, Labels } from "./labels.js";

const NAME = "crisscross labels";

/** Keeps labels in the browser, where that is allowed: they are there when a report of the same pairs is opened. */
export class LabelStore {
  private readonly held = new Map(read());

  get labels(): Labels {
    return this.held;
  }

  /** @returns whether it will be there when the page is opened again */
  set(key: string, label: Label | undefined): boolean {
    if (label) this.held.set(key, label);
    else this.held.delete(key);
    try {
      localStorage.setItem(NAME, JSON.stringify([...this.held]));
      return true;
    } catch {
      return false;
    }
  }
}

function read(): [string, Label][] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(NAME) ?? "[]");
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
