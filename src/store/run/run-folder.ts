import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { refuseFileName } from "../files/file-name.js";
import { sumFiles } from "../files/file-sums.js";
import { type Lock, lock } from "../files/lock.js";
import { makeFolder } from "../files/make-folder.js";
import { explainWriteError } from "../files/output-error.js";
import { removeLitter } from "../files/remove-litter.js";
import { claimUnfinished } from "../files/unfinished.js";
import { checkStage } from "./check-stage.js";
import { explainDamage } from "./damage.js";
import { changesBetween } from "./key-differences.js";
import {
  emptyManifest,
  type Key,
  MANIFEST,
  type Manifest,
  type RunJob,
  readManifest,
  writeManifest,
} from "./manifest.js";
import { madeFrom, type StageOutline, withOrigins } from "./outline.js";
import { refuseOtherJob } from "./run-job.js";
import type { Stage, StageNews } from "./stage.js";

/** How the names of unfinished work end that a later run goes on with. */
const RESUMED = ".resume";

/** The file that says which process works in a run folder. */
export const LOCK = ".lock";

type Recorded = Pick<StageOutline, "name" | "files" | "spare">;

/** A folder that keeps the result of every stage of a run. */
export class RunFolder implements AsyncDisposable {
  /** Stages that have been reported: asking for one again is no news. */
  private readonly told = new Set<string>();

  /** Stages whose files were written, or found as they were written, by this process. */
  private readonly sound = new Set<string>();

  private followed: readonly StageOutline[] = [];

  private outcome?: StageOutline;

  /** What was not there before. */
  private fresh = { folder: false, manifest: false };

  private constructor(
    readonly path: string,
    private readonly manifest: Manifest,
    private readonly lock: Lock,
    private readonly onNews: (news: StageNews) => void,
  ) {}

  /**
   * Opens a run folder for this process alone, and makes it if need be. What is of another job stays as it is.
   *
   * @throws OutputError if another process holds it or it cannot be written; InputError if it is not a run folder of
   *   this job; OptionError for a new folder with the name of a file
   */
  static async open(
    path: string,
    job: RunJob,
    onNews: (news: StageNews) => void = () => {},
  ): Promise<RunFolder> {
    refuseFileName(path);
    try {
      const made = await makeFolder(path);
      const found = await readManifest(path);
      if (!found && (await readdir(path)).some((name) => !name.startsWith("."))) {
        throw new InputError({ path }, "is not empty and has no manifest.json, so it is not a run folder.", {
          advice: "Name an empty folder or a new one.",
        });
      }
      if (found) refuseOtherJob(path, found, job);
      const own = await lock(join(path, LOCK), path);
      await removeLitter(path);
      const manifest = { ...(found ?? emptyManifest()), job };
      // Before any other file: by its manifest the next run knows the folder.
      if (found?.job === undefined) await writeManifest(path, manifest);
      const run = new RunFolder(path, manifest, own, onNews);
      run.fresh = { folder: made, manifest: found === undefined };
      return run;
    } catch (error) {
      throw explainWriteError(error, path);
    }
  }

  /**
   * Marks those of some stages as outdated that are downstream of one that is made anew.
   *
   * @param outcome what is recorded at the end of the run: it is dropped as soon as a stage before it changes
   */
  follow(stages: readonly StageOutline[], outcome?: StageOutline): void {
    this.followed = stages;
    this.outcome = outcome;
  }

  /** A stage's result: loaded if it was done with the same key and its files are sound, else made and kept. */
  async keep<T, Made extends T>(stage: Stage<T, Made>): Promise<T> {
    const { stages } = this.manifest;
    const done = stages[stage.name];
    const changes = done ? changesBetween(done.key, stage.key) : [];
    if (changes.length > 0) await this.dropOutcome(stage);
    else if (done) {
      try {
        await this.check(stage.name);
        const value = await stage.load(this.path);
        if (done.outdated) await this.confirm(stage);
        if (!this.told.has(stage.name)) this.tell(stage, "kept");
        return value;
      } catch (error) {
        changes.push(explainDamage(error, this.path).explain({ advice: false }));
      }
    }
    this.tell(stage, done ? "remade" : "made", changes);
    for (const { name } of madeFrom(stage, this.followed)) if (stages[name]) stages[name].outdated = true;
    delete stages[stage.name];
    await this.note();
    const start = performance.now();
    try {
      const output = join(this.path, stage.name.replaceAll(" ", "-"));
      const unfinished = await claimUnfinished(output, stage.key, RESUMED);
      await stage.save(await stage.make(unfinished), this.path);
    } catch (error) {
      throw explainWriteError(error, this.path);
    }
    await this.record(stage, stage.key, (performance.now() - start) / 1000);
    return stage.load(this.path);
  }

  /** Drops what an earlier run recorded at its end, if it came of a stage. */
  private async dropOutcome(stage: StageOutline): Promise<void> {
    const { outcome, manifest } = this;
    if (outcome && manifest.stages[outcome.name] && madeFrom(stage, [outcome]).length > 0)
      await this.drop([outcome]);
  }

  /** A stage that is good as it is was made from what is there. */
  private async confirm(stage: StageOutline): Promise<void> {
    for (const { name } of withOrigins([stage])) delete this.manifest.stages[name]?.outdated;
    await this.note();
  }

  private tell({ name, silent }: Stage<unknown>, what: StageNews["what"], changes: string[] = []): void {
    this.told.add(name);
    if (!silent?.includes(what)) this.onNews({ stage: name, what, changes });
  }

  /** Names of the stages that were done, with any key. */
  get done(): string[] {
    return Object.keys(this.manifest.stages);
  }

  /** Whether a stage was done with the same key. */
  isDone({ name, key }: Pick<Stage<unknown>, "name" | "key">): boolean {
    const done = this.manifest.stages[name];
    return done !== undefined && changesBetween(done.key, key).length === 0;
  }

  /** What a stage that was done depended on. */
  keyOf(stage: string): Key | undefined {
    return this.manifest.stages[stage]?.key;
  }

  /**
   * Reads the files of a stage that was done through, unless this process has written or checked them.
   *
   * @throws InputError that names the first file that is not as it was written
   */
  async check(name: string): Promise<void> {
    const stage = this.manifest.stages[name];
    if (!stage || this.sound.has(name)) return;
    await checkStage(this.path, stage);
    this.sound.add(name);
  }

  /** Notes a stage whose files are written, with their checksums; one that leaves no files may be named alone. */
  async record(stage: string | Recorded, key: Key, seconds: number): Promise<void> {
    const { name, files, spare = [] } = typeof stage === "string" ? { name: stage, files: [] } : stage;
    const needed = files.filter((file) => !spare.includes(file));
    this.manifest.stages[name] = {
      key,
      seconds,
      ...(needed.length > 0 && { files: await sumFiles(this.path, needed) }),
      ...(spare.length > 0 && { spare: await sumFiles(this.path, spare) }),
    };
    this.sound.add(name);
    await this.note();
  }

  /** Forgets stages whose files are no longer there. */
  async forget(...names: string[]): Promise<void> {
    for (const name of names) delete this.manifest.stages[name];
    await this.note();
  }

  /** Removes what stages left, and forgets them. */
  async drop(stages: readonly StageOutline[]): Promise<void> {
    await this.forget(...stages.map(({ name }) => name));
    for (const file of stages.flatMap(({ files }) => files))
      await rm(join(this.path, file), { recursive: true, force: true });
  }

  /** Removes the unfinished work of all stages, none of which will be resumed. */
  async dropUnfinished(): Promise<void> {
    for (const file of await readdir(this.path))
      if (file.startsWith(".") && file.endsWith(RESUMED)) await rm(join(this.path, file), { force: true });
  }

  /**
   * Writes the manifest, unless another process has taken over the folder.
   *
   * @throws OutputError if it has, or the manifest cannot be written
   */
  private async note(): Promise<void> {
    await this.lock.check();
    await writeManifest(this.path, this.manifest).catch((error) => {
      throw explainWriteError(error, this.path);
    });
  }

  /** Lets go of the folder. One in which nothing was kept, and which was new or empty, is again as it was. */
  async close(): Promise<void> {
    const nothing = this.fresh.manifest && (await this.holdsNothing());
    if (nothing) await rm(join(this.path, MANIFEST), { force: true });
    await this.lock[Symbol.asyncDispose]();
    if (nothing && this.fresh.folder) await rmdir(this.path).catch(() => {});
  }

  private async holdsNothing(): Promise<boolean> {
    if (this.done.length > 0) return false;
    const isOurs = await this.lock.check().then(
      () => true,
      () => false,
    );
    if (!isOurs) return false;
    const names = await readdir(this.path).catch(() => []);
    return names.every((name) => name === MANIFEST || name === LOCK);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
