"""What is learned: a text is nearer to its translation than to the other texts of the batch."""

import torch
from torch.nn import functional

from .network import HIDDEN


def hidden_of(texts: torch.Tensor, statics: torch.Tensor, near: float) -> torch.Tensor:
    """
    Which texts of a batch are no wrong answers for each other: equal ones, and near-duplicates by the table.

    :param texts: a number a text, equal where the texts are
    :param statics: texts × dimensions, of length 1
    """
    return (texts[:, None] == texts) | (statics @ statics.T >= near)


def contrast(english: torch.Tensor, other: torch.Tensor, hidden: torch.Tensor, temperature: float) -> torch.Tensor:
    """
    The mean cross-entropy of both directions (van den Oord et al. 2018), in nats.

    :param english: pairs × dimensions, of length 1
    :param other: their translations
    :param hidden: pairs × pairs, true where a text of one pair is no wrong answer for that of another
    """
    scores = (english @ other.T) / temperature
    pairs = torch.arange(len(scores), device=scores.device)
    scores = scores.masked_fill(hidden.clone().fill_diagonal_(False), HIDDEN)
    return (functional.cross_entropy(scores, pairs) + functional.cross_entropy(scores.T, pairs)) / 2


def contrast_others(other: torch.Tensor, english_texts: torch.Tensor, hidden: torch.Tensor, temperature: float) -> torch.Tensor | None:
    """The same between translations of one English text, which are translations of each other; nothing where there are none."""
    shared = (english_texts[:, None] == english_texts).fill_diagonal_(False)
    having = shared.any(1).nonzero().squeeze(1)
    if not len(having):
        return None
    partner = shared[having].int().argmax(1)
    scores = (other[having] @ other.T) / temperature
    hide = hidden[having].clone()
    hide[torch.arange(len(having), device=hide.device), partner] = False
    return functional.cross_entropy(scores.masked_fill(hide, HIDDEN), partner)
