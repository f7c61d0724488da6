import type { Fact } from "../../report/model.js";
import type { ChooseSettings } from "../../steps/pairs/choose.js";
import type { LoadedRun } from "../../steps/runs/load-run.js";

/** How a run was made. */
export function factsOfRun(
  { sides, found: { facts }, searched, rescored }: Omit<LoadedRun, "chosen">,
  { margin, retrieval, secondChoice }: ChooseSettings,
  threshold: number | undefined,
): Fact[] {
  const fact = (name: string, value: string | number | undefined): Fact[] =>
    value === undefined || value === "" ? [] : [{ name, value: String(value) }];
  return [
    ...fact("sentences", `${sides.source.texts.length} × ${sides.target.texts.length}`),
    ...fact("encoder", facts.space),
    ...fact("re-scorer", rescored?.rescorer),
    ...fact("margin", margin),
    ...fact("retrieval", secondChoice ? `${retrieval}, with second choices` : retrieval),
    ...fact("k", searched.k),
    ...fact("each side's mean subtracted", searched.centre ? "yes" : "no"),
    ...fact("threshold as mined", threshold),
  ];
}
