import type { Hosts } from "../../report/model.js";
import { hostOf } from "./addresses.js";

const SHOWN = 30;

/** Counts pairs by the hosts of both sides. */
export class HostCounter {
  private readonly counts = new Map<string, { source: string; target: string; pairs: number }>();
  private of = 0;

  add(sourceAddress: string | undefined, targetAddress: string | undefined): void {
    this.addHosts(sourceAddress && hostOf(sourceAddress), targetAddress && hostOf(targetAddress));
  }

  addHosts(source: string | undefined, target: string | undefined): void {
    if (!source || !target) return;
    this.of++;
    const key = `${source} ${target}`;
    const known = this.counts.get(key);
    if (known) known.pairs++;
    else this.counts.set(key, { source, target, pairs: 1 });
  }

  /** Those that give most pairs; undefined where no pair has both addresses. */
  finish(): Hosts | undefined {
    if (this.of === 0) return undefined;
    const byPairs = [...this.counts.values()].sort(
      (a, b) => b.pairs - a.pairs || (`${a.source} ${a.target}` < `${b.source} ${b.target}` ? -1 : 1),
    );
    return { of: this.of, distinct: this.counts.size, counts: byPairs.slice(0, SHOWN) };
  }
}
