import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { listVariants } from "../../embed/folder/variants.js";
import { knownDimensions } from "../../embed/known-dimensions.js";
import { CrisscrossError } from "../../errors.js";
import { type CachedModel, listCachedModels } from "../../hub/cached-models.js";
import { readHubSettings } from "../../hub/settings.js";

/** An encoder of the hub that the cache holds, at one revision. */
export interface CachedEncoder extends CachedModel {
  /** A Transformer's model, or a table of vectors. */
  kind: "transformer" | "static";
  /** Numbers of a vector, where the configuration tells. */
  dimensions?: number;
  /** Names of a Transformer's model files. */
  variants: string[];
}

/** What the cache of the hub holds. */
export interface CachedEncoders {
  /** The folder of the cache. */
  cache: string;
  /** What can be opened as an encoder. */
  encoders: CachedEncoder[];
  /** What the cache has beside, and cannot be opened as an encoder: other models, or some of an encoder's files. */
  others: CachedModel[];
}

/** What encoders the hub's cache holds, without opening their models. */
export async function listEncoders(): Promise<CachedEncoders> {
  const { cache } = readHubSettings();
  const encoders: CachedEncoder[] = [];
  const others: CachedModel[] = [];
  for (const model of await listCachedModels(cache)) {
    const encoder = await asEncoder(model).catch((error) => {
      // What cannot be read counts as none, too.
      if (error instanceof CrisscrossError || error.code) return undefined;
      throw error;
    });
    if (encoder) encoders.push(encoder);
    else others.push(model);
  }
  return { cache, encoders, others };
}

async function asEncoder(model: CachedModel): Promise<CachedEncoder | undefined> {
  const folder = await readEncoderFolder(model.folder, model.repository);
  const { kind, module } = folder.modules.input;
  const variants = kind === "static" ? [] : listVariants([module, folder.path]).map(({ name }) => name);
  if (kind === "transformer" && variants.length === 0) return undefined;
  return { ...model, kind, dimensions: await knownDimensions(folder), variants };
}
