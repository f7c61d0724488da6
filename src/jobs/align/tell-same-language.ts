import { openLanguages } from "../../clean/language/open-languages.js";
import type { JobEvent } from "../../events.js";
import type { SideName, Texts } from "../../types/texts.js";
import { warning } from "../../wording.js";

interface Sentences {
  name: string;
  texts: Texts;
}

/** Sentences that tell a document's language. */
const SENTENCES = 100;

/** Fewer letters do not tell a language surely. */
const LETTERS = 80;

/** How sure the identifier must be of both. */
const SURE = 0.7;

/** Warns of two documents that seem to be of one language: they may be two files of the same side. */
export async function tellSameLanguage(
  { source, target }: Record<SideName, Sentences>,
  onEvent: (event: JobEvent) => void,
): Promise<void> {
  const [x, y] = [sampleOf(source), sampleOf(target)];
  if (x.length < LETTERS || y.length < LETTERS) return;
  const languages = await openLanguages();
  const [first, second] = [languages.identify(x), languages.identify(y)];
  if (first.language !== second.language || first.language === "und") return;
  if (first.score < SURE || second.score < SURE) return;
  onEvent(
    warning(
      `${source.name} and ${target.name} both seem to be in one language (${first.language}); expected a text and its translation.`,
    ),
  );
}

/** Sentences from all over a document. */
function sampleOf({ texts }: Sentences): string {
  const count = Math.min(SENTENCES, texts.length);
  return Array.from({ length: count }, (_, i) => texts.get(Math.floor((i * texts.length) / count))).join(" ");
}
