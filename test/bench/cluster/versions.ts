import { execFileSync } from "node:child_process";

/** Of Slurm, munge, Snakemake and its executor. */
export function readVersions(snakemake: string): Record<string, string> {
  const first = (program: string, ...argv: string[]) => {
    const [version] = /\d+\.\d[\d.]*/.exec(execFileSync(program, argv, { encoding: "utf8" }))!;
    return version;
  };
  return {
    Slurm: first("slurmctld", "-V"),
    munge: first("munged", "--version"),
    Snakemake: first(snakemake, "--version"),
  };
}
