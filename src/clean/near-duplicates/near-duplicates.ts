import { FirstOccurrences, type FirstOccurrencesOptions } from "../../store/first-occurrences.js";

/** Which documents of a stream are near one before them. */
export interface FoundNearDuplicates {
  /** How many documents came. */
  readonly documents: number;
  /** Asked in ascending order this is fast whatever the size. */
  isNearEarlier(document: number): boolean;
  /** Removes the folder. */
  close(): void;
}

/**
 * Finds the documents that have a key in common with one before them, which itself was kept or not: of a chain of
 * documents, each near the next, only the first stays. Two documents that are not near each other both stay, even if
 * a later one is near both. As a key belongs to one band, the first occurrences of all keys tell, within any memory:
 * 16 bytes a key of disk where memory is full.
 */
export class NearDuplicates {
  private readonly keys: FirstOccurrences;
  private documents = 0;

  /** @param bands keys a document, as `openBandKeys` says */
  constructor(
    private readonly bands: number,
    options: FirstOccurrencesOptions,
  ) {
    this.keys = new FirstOccurrences(options);
  }

  /** Takes the keys of the next document. */
  add(keys: BigUint64Array): void {
    this.keys.add(keys);
    this.documents++;
  }

  async finish(signal?: AbortSignal): Promise<FoundNearDuplicates> {
    const firsts = await this.keys.finish(signal);
    const { bands, documents } = this;
    return {
      documents,
      isNearEarlier(document) {
        for (let key = document * bands; key < (document + 1) * bands; key++)
          if (!firsts.has(key)) return true;
        return false;
      },
      close: () => firsts.close(),
    };
  }

  /** Gives up: removes the folder. */
  close(): void {
    this.keys.close();
  }
}
