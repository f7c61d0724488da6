import type { Help } from "commander";
import { GROUPS } from "./options.js";

const ORDER: readonly string[] = Object.values(GROUPS);

/** Groups options as commander does, but in one order in every command's help, whichever were added first. */
export const groupItems: Help["groupItems"] = (_all, visible, getGroup) => {
  const others = visible.map(getGroup).filter((group) => !ORDER.includes(group));
  const groups = [...new Set([...ORDER, ...others])].map(
    (group) => [group, visible.filter((item) => getGroup(item) === group)] as const,
  );
  return new Map(groups.filter(([, items]) => items.length > 0));
};
