"""Translations by beam search, batches by tokens."""

import torch

from .batches import Example, by_tokens, pad
from .languages import code_of, codes_of, decoder_prefix, read_as


def translate(model, tokenizer, texts: list[str], languages: tuple[str, str], *, beams: int, batch_tokens: int, told: dict[str, str]):
    """The translations in the order of the texts, and how many of these were cut to what the model takes."""
    if not texts:
        return [], 0
    source, target = (code_of(tokenizer, language, told) for language in languages)
    read_as(tokenizer, source)
    longest = model.config.max_position_embeddings
    numbers = tokenizer(texts, verbose=False)["input_ids"]
    cut = sum(len(ids) > longest for ids in numbers)
    if cut:
        numbers = tokenizer(texts, truncation=True, max_length=longest)["input_ids"]
    prefix = decoder_prefix(model, tokenizer, target)
    found = [""] * len(texts)
    places: dict[int, int] = {}
    examples = []
    for i, ids in enumerate(numbers):
        if texts[i].strip():
            examples.append(Example(ids, prefix, []))
            places[id(examples[-1])] = i
    for batch in by_tokens(examples, max(1, batch_tokens // beams)):
        for example, text in zip(batch, beam_search(model, tokenizer, batch, beams)):
            found[places[id(example)]] = text
    return found, cut


@torch.inference_mode()
def beam_search(model, tokenizer, batch: list[Example], beams: int) -> list[str]:
    inputs = pad([example.source for example in batch], tokenizer.pad_token_id).to(model.device)
    given = torch.tensor([example.prefix for example in batch], device=model.device)
    made = model.generate(
        input_ids=inputs,
        attention_mask=(inputs != tokenizer.pad_token_id).long(),
        decoder_input_ids=given,
        # Otherwise generate puts another start before the prefix.
        decoder_start_token_id=batch[0].prefix[0],
        num_beams=beams,
        # A translation is seldom twice as long.
        max_length=min(model.config.max_position_embeddings, 2 * inputs.shape[1] + 10),
        forced_bos_token_id=None,
        forced_eos_token_id=None,
        early_stopping=beams > 1,
    )
    # Of M2M-100 they are no special tokens.
    codes = set(tokenizer.convert_tokens_to_ids(codes_of(tokenizer)))
    translations = [[number for number in row if number not in codes] for row in made.tolist()]
    return [text.strip() for text in tokenizer.batch_decode(translations, skip_special_tokens=True)]
