import { findChatTemplates } from "../embed/folder/chat-template.js";
import {
  type InputPlaces,
  readTransformer,
  type TransformerTask,
} from "../embed/folder/transformer-settings.js";
import { ModelError } from "../errors.js";

/**
 * Texts of a folder with a chat template go through it unless its configuration says otherwise, and pairs do not here.
 *
 * @throws ModelError that names the template
 */
export async function refuseChat(input: InputPlaces, task?: TransformerTask): Promise<void> {
  const { file, message } = await readTransformer(input, task);
  const [template] = (await findChatTemplates(input.path)).values();
  if (!template || (file !== undefined && message === undefined)) return;
  throw new ModelError(
    `${template.name}: every text goes through a chat template, which is not done for pairs.`,
    { advice: "If the re-scorer was trained on plain texts, remove it." },
  );
}
