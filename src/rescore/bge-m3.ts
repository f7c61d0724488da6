import { join } from "node:path";
import { readInputSettings } from "../embed/folder/input-settings.js";
import { readSettings } from "../embed/folder/read-json.js";
import { openTokenizer, type TextTokenizer } from "../embed/tokenizer.js";
import type { TokenSession } from "../embed/transformer/token-session.js";
import { encodeWithHeads, type HeadOutputs, type TextHeads } from "./bge-m3-heads.js";
import { lateInteraction } from "./late-interaction.js";
import { lexicalScore } from "./lexical.js";
import type { Measures, OpenedModel } from "./opened-model.js";
import { refuseChat } from "./refuse-chat.js";
import type { Rescorer, TextPair } from "./rescorer.js";
import { BGE_M3_WEIGHTS, type RescoreWeights, weigh } from "./weights.js";

/** Tokens whose vectors are held at once: 128 MiB of 1024 dimensions. */
const HELD_TOKENS = 2 ** 15;

/**
 * BGE-M3's three scores of a pair (Chen et al. 2024): the cosine of the two dense vectors, the sum over shared tokens of
 * their weights' products, and the late interaction of the token vectors.
 *
 * @throws ModelError if the folder asks for what cannot be done
 */
export async function openBgeM3(
  { input, session, modelPath, tokenizerPath }: OpenedModel,
  outputs: HeadOutputs,
  weights: RescoreWeights = BGE_M3_WEIGHTS,
): Promise<Measures> {
  await refuseChat(input);
  const { maxTokens, positions, changes, cut } = await readInputSettings(input);
  const tokenizer = openTokenizer(tokenizerPath, { maxTokens, specialTokens: true, cut, changes });
  const special = await specialTokens(input.path, tokenizer);
  const facts = { nameOf: tokenizer.nameOf, maxTokens, positions };
  const model: TokenSession = { session, path: modelPath, facts };

  const measure: Rescorer["measure"] = async (pairs, { signal, onMeasured, onTruncated } = {}) => {
    const texts = [...new Set(pairs.flat())];
    const numbers = new Map(texts.map((text, number) => [text, number]));
    const { ids, truncated } = await tokenizer.tokenize(texts);
    const isCut = (text: string) => truncated[numbers.get(text)!];
    onTruncated?.(pairs.filter((pair) => pair.some(isCut)).length);
    const lengths = ids.map(({ length }) => length);
    const values = new Float32Array(pairs.length * 3);
    let pair = 0;
    for (const chunk of cutChunks(pairs, (text) => lengths[numbers.get(text)!])) {
      const needed = [...new Set(chunk.flat())].map((text) => numbers.get(text)!);
      const heads = new Map<number, TextHeads>();
      for await (const [i, found] of encodeWithHeads(
        model,
        outputs,
        needed.map((number) => ids[number]),
        { special, signal },
      ))
        heads.set(needed[i], found);
      for (const [source, target] of chunk) {
        const of = (text: string) => heads.get(numbers.get(text)!)!;
        values.set(compare(of(source), of(target)), 3 * pair++);
      }
      onMeasured?.(chunk.length);
    }
    return values;
  };
  return {
    parts: ["dense", "sparse", "colbert"],
    settings: {
      maxTokens,
      lowerCase: changes.lowerCase,
      cut: cut === "left" ? cut : undefined,
      tokenizer: changes.parts,
      special: [...special],
    },
    says: `dense, sparse and multi-vector scores, ${weights.join(" : ")} · at most ${maxTokens} tokens a text`,
    measure,
    scoreOf: (parts) => weigh(parts, weights),
  };
}

function compare(source: TextHeads, target: TextHeads): [dense: number, sparse: number, colbert: number] {
  return [
    source.dense.reduce((sum, value, i) => sum + value * target.dense[i], 0),
    lexicalScore(source.lexical, target.lexical),
    lateInteraction(source.vectors, target.vectors, source.dimensions),
  ];
}

/** Pairs in their order, as many together as may be held. */
function* cutChunks(
  pairs: readonly TextPair[],
  lengthOf: (text: string) => number,
): Generator<readonly TextPair[]> {
  let [start, tokens] = [0, 0];
  let held = new Set<string>();
  for (const [i, pair] of pairs.entries()) {
    const more = pair.filter((text) => !held.has(text)).reduce((sum, text) => sum + lengthOf(text), 0);
    if (i > start && tokens + more > HELD_TOKENS) {
      yield pairs.slice(start, i);
      [start, tokens, held] = [i, 0, new Set()];
      tokens = pair.reduce((sum, text) => sum + lengthOf(text), 0);
    } else tokens += more;
    for (const text of pair) held.add(text);
  }
  if (start < pairs.length) yield pairs.slice(start);
}

/** Those that no text has of its own, by XLM-RoBERTa's names where the folder has none. */
const SPECIAL = { cls: "<s>", sep: "</s>", eos: "</s>", pad: "<pad>", unk: "<unk>" };

async function specialTokens(path: string, { idOf }: TextTokenizer): Promise<Set<number>> {
  const [own, old] = await Promise.all(
    ["tokenizer_config.json", "special_tokens_map.json"].map((file) => readSettings(join(path, file))),
  );
  const ids = Object.entries(SPECIAL).map(([name, usual]) => {
    const given = own[`${name}_token`] ?? old[`${name}_token`] ?? usual;
    return idOf(String(given.content ?? given));
  });
  return new Set(ids.filter((id) => id !== null));
}
