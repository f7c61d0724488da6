import { rm } from "node:fs/promises";
import { explainWriteError } from "../../store/files/output-error.js";
import { removeOtherUnfinished, unfinishedPath } from "../../store/files/unfinished.js";
import type { Checkpoint } from "../../train/training.js";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.js";
import { findTrainingPlace } from "./folder.js";
import { type TrainedFolder, writeTrained } from "./write-trained.js";

/** Where one work of training is kept: as a checkpoint until it is done, then as an encoder's folder. */
export class TrainingPlace {
  private readonly checkpoint: string;

  private constructor(
    /** The folder as its user calls it, and where it really lies. */
    private readonly output: string,
    private readonly path: string,
    private readonly work: string,
  ) {
    this.checkpoint = unfinishedPath(path, work);
  }

  /** @throws as `findTrainingPlace` */
  static async find(output: string, work: string): Promise<TrainingPlace> {
    return new TrainingPlace(output, await findTrainingPlace(output, work), work);
  }

  /** Removes the checkpoints of other works. */
  async clear(): Promise<void> {
    await this.writing(removeOtherUnfinished(this.path, this.checkpoint));
  }

  /** What an interrupted run of this work left, if any. @throws InputError if it is damaged */
  resume(): Promise<Checkpoint | undefined> {
    return loadCheckpoint(this.checkpoint);
  }

  async keep(checkpoint: Checkpoint): Promise<void> {
    await this.writing(saveCheckpoint(this.checkpoint, checkpoint));
  }

  /** Writes the folder; of an interrupted training the checkpoint stays. */
  async write(folder: Omit<TrainedFolder, "work">): Promise<void> {
    // Training takes hours, and another file may have been put there meanwhile.
    await findTrainingPlace(this.output, this.work);
    await this.writing(writeTrained(this.path, { ...folder, work: this.work }));
    if (!folder.trained.interrupted) await rm(this.checkpoint, { force: true });
  }

  private async writing(written: Promise<void>): Promise<void> {
    await written.catch((error) => {
      throw explainWriteError(error, this.output);
    });
  }
}
