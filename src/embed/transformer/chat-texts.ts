import type { ChatSettings } from "../folder/chat-settings.js";
import type { TextTokenizer } from "../tokenizer.js";
import type { Tokenise } from "./plain-texts.js";

/** A text as a chat that a user begins; a prompt is the system's message before it. */
export function renderChat(
  { template, structured, variables }: ChatSettings,
  text: string,
  prompt: string,
): string {
  const message = (role: string, content: string) => ({
    role,
    content: structured ? [{ type: "text", text: content }] : content,
  });
  const messages = prompt === "" ? [] : [message("system", prompt)];
  return template.render({ ...variables, messages: [...messages, message("user", text)] });
}

/**
 * What a template puts after every text, as tokens: what two chats have in common at their ends, as sentence-transformers
 * finds it. None where the two are the same.
 *
 * @param tokenizer one that cuts nothing
 */
async function endOfChat(chat: ChatSettings, prompt: string, tokenizer: TextTokenizer): Promise<number[]> {
  const { ids } = await tokenizer.tokenize(["0", "1 2 3 4"].map((text) => renderChat(chat, text, prompt)));
  const [first, second] = ids;
  const shorter = Math.min(first.length, second.length);
  let count = 0;
  while (count < shorter && first.at(-1 - count) === second.at(-1 - count)) count++;
  return count < shorter ? first.slice(first.length - count) : [];
}

/**
 * Texts that go through a chat template. What it puts after every text stays where the text is cut.
 *
 * @param open gives a tokenizer that cuts nothing
 */
export function chatTexts(
  chat: ChatSettings,
  tokenizer: TextTokenizer,
  maxTokens: number,
  open: () => TextTokenizer,
): Tokenise {
  let whole: TextTokenizer | undefined;
  const ends = new Map<string, Promise<number[]>>();
  const endOf = async (prompt: string) => {
    whole ??= open();
    if (!ends.has(prompt)) ends.set(prompt, endOfChat(chat, prompt, whole));
    return await ends.get(prompt)!;
  };
  return async (texts, prompt) => {
    const tokens = await tokenizer.tokenize(
      texts.map((text) => renderChat(chat, text.slice(prompt.length), prompt)),
    );
    for (const ids of chat.restoresEnd ? tokens.ids : []) {
      if (ids.length < maxTokens) continue;
      const end = (await endOf(prompt)).slice(-ids.length);
      ids.splice(ids.length - end.length, end.length, ...end);
    }
    return { ...tokens, first: 0 };
  };
}
