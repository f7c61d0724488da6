import type { Command } from "commander";
import type { CentroidsSummary, FindCentroidsOptions } from "../../src/index.js";
import { findCentroids } from "../../src/jobs/tiles/find-centroids.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import {
  addCentreOptions,
  addLengthOptions,
  addProgressOptions,
  addThreadsOption,
  addVectorTextOptions,
  GROUPS,
  positiveNumber,
} from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Once for all tiles of a search by ivf:
  $ crisscross centroids de.npy en.npy -o centroids/
  $ mkdir -p tiles && crisscross search de.npy en.npy --centroids centroids/ --source-shard 3/16 -o tiles/3
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Clusters a sample of two sides' vectors, for the tiles of a search by an inverted file.")
    .argument("<source>", "vectors (.npy) that embed made of a file, or a folder of their parts")
    .argument("<target>", "vectors of the other side");
  addVectorTextOptions(command);
  command.option("--dimensions <n>", "with --vectors raw: how many numbers a row has", positiveNumber);
  addLengthOptions(command);
  addCentreOptions(command);
  command
    .option("--sample <n>", "sentences of both sides to cluster (default: 32 a cluster)", positiveNumber)
    .optionsGroup(GROUPS.output)
    .requiredOption("-o, --output <folder>", "where the clusters go");
  addThreadsOption(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((source: string, target: string, flags: CentroidsFlags) =>
      runCentroids(source, target, flags, context),
    );
}

type CentroidsFlags = FindCentroidsOptions & ProgressOptions & { output: string };

async function runCentroids(
  source: string,
  target: string,
  { output, quiet, verbose, ...options }: CentroidsFlags,
  context: Context,
): Promise<void> {
  await withProgress(
    { quiet, verbose },
    context,
    (listeners) => findCentroids(source, target, output, { ...options, ...listeners }),
    (summary) => describe(summary, output),
  );
}

function describe({ lists, sample, kept }: CentroidsSummary, output: string): string {
  const what = `${output}: ${count(lists, "cluster")} of ${count(sample, "vector")}`;
  return kept ? `${what} · done before, kept` : what;
}
