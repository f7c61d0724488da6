"""Checks that the decoder writes on from the prefix of training, whatever start the model's own description names."""

import pathlib
import sys
import tempfile

sys.path[:0] = ["pipelines", "pipelines/seq2seq"]
import torch
import translator_folders
from parts.batches import Example
from parts.decode import beam_search
from parts.languages import code_of, codes_of, decoder_prefix, read_as

WORDS = ["the", "old", "house", "and", "its", "garden"]
TEXTS = [" ".join(WORDS[first:last]) for first in range(6) for last in range(first + 1, 7)]


def greedily(model, source: list[int], prefix: list[int], end: int) -> list[int]:
    """The likeliest token after all before it, one by one, up to the length that a translation may have."""
    made = list(prefix)
    while len(made) < 2 * len(source) + 10 and made[-1] != end:
        logits = model(input_ids=torch.tensor([source]), decoder_input_ids=torch.tensor([made]), use_cache=False).logits
        made.append(logits[0, -1].argmax().item())
    return made[len(prefix) :]


for name, start in (("mbart", None), ("mbart", "</s>"), ("mbart50", "</s>"), ("nllb", "</s>"), ("m2m100", "</s>")):
    torch.manual_seed(29)
    with tempfile.TemporaryDirectory() as given:
        model, tokenizer = getattr(translator_folders, name)(pathlib.Path(given))
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    # No mark and no code is likely, so that something is written.
    model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight.detach().clone())
    model.lm_head.weight.data[[*tokenizer.all_special_ids, *tokenizer.convert_tokens_to_ids(codes_of(tokenizer))]] = 0
    model.eval()
    model.config.decoder_start_token_id = model.generation_config.decoder_start_token_id = start and tokenizer.convert_tokens_to_ids(start)
    read_as(tokenizer, code_of(tokenizer, "zho_Hans" if name == "nllb" else "zh", {}))
    prefix = decoder_prefix(model, tokenizer, code_of(tokenizer, "en", {}))
    sources = [tokenizer(text)["input_ids"] for text in TEXTS]
    made = [greedily(model, source, prefix, tokenizer.eos_token_id) for source in sources]
    expected = [tokenizer.decode(ids, skip_special_tokens=True).strip() for ids in made]
    found = [beam_search(model, tokenizer, [Example(source, prefix, [])], beams=1)[0] for source in sources]
    assert found == expected and any(expected), (name, start, found, expected)
