import type { Hosts } from "../../report/model.js";
import type { Side } from "../../steps/texts/side.js";
import { findAddresses } from "./address-of-sentence.js";
import { hostOf } from "./addresses.js";
import { HostCounter } from "./count-hosts.js";
import type { RunPairs } from "./run-pairs.js";

/** The hosts that give most of a run's pairs; undefined where its texts came without addresses. */
export function hostsOfRun({ sides, source, target, scores }: RunPairs): Hosts | undefined {
  const [ofSource, ofTarget] = [hostsOfSide(sides.source), hostsOfSide(sides.target)];
  if (!ofSource || !ofTarget) return undefined;
  const counter = new HostCounter();
  for (let pair = 0; pair < scores.length; pair++)
    counter.addHosts(ofSource(source[pair]), ofTarget(target[pair]));
  return counter.finish();
}

/** Each sentence's host, of which every one is held once. */
function hostsOfSide(side: Side): ((sentence: number) => string | undefined) | undefined {
  const addressOf = findAddresses(side);
  if (!addressOf) return undefined;
  const names: (string | undefined)[] = [undefined];
  const numbers = new Map<string, number>();
  const hosts = new Uint32Array(side.texts.length);
  for (let sentence = 0; sentence < hosts.length; sentence++) {
    const address = addressOf(sentence);
    const host = address && hostOf(address);
    if (!host) continue;
    if (!numbers.has(host)) numbers.set(host, names.push(host) - 1);
    hosts[sentence] = numbers.get(host)!;
  }
  return (sentence) => names[hosts[sentence]];
}
