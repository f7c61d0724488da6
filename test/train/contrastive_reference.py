"""Made contrastive.json: losses and gradients of small random batches, by PyTorch's own cross-entropy and autograd.

    python3 test/train/contrastive_reference.py > test/train/contrastive.json
"""

import json

import torch
from torch.nn.functional import cross_entropy, normalize

PAIRS, DIMENSIONS, NEGATIVES, SCALE = 6, 5, 3, 20.0
# Sources 1 and 4 are one text, and so are targets 2 and 5 and the last negative and target 0.
SOURCE_IDS = [0, 1, 2, 3, 1, 5]
TARGET_IDS = [10, 11, 12, 13, 14, 12]
NEGATIVE_IDS = [20, 21, 10]


def case(margin, negatives):
    torch.manual_seed(3)
    x, y, n = (torch.randn(rows, DIMENSIONS).double().round(decimals=4) for rows in (PAIRS, PAIRS, NEGATIVES))
    x[4], y[5], n[2] = x[1], y[2], y[0]
    for sums in (x, y, n):
        sums.requires_grad_()
    target_ids, source_ids = torch.tensor(TARGET_IDS), torch.tensor(SOURCE_IDS)
    right = torch.arange(PAIRS)
    same_target = (target_ids[:, None] == target_ids[None]).fill_diagonal_(False)
    same_source = (source_ids[:, None] == source_ids[None]).fill_diagonal_(False)
    logits = SCALE * (normalize(x) @ normalize(y).T - margin * torch.eye(PAIRS))
    forward = logits.masked_fill(same_target, -torch.inf)
    backward = logits.T.masked_fill(same_source, -torch.inf)
    if negatives:
        further = SCALE * normalize(x) @ normalize(n).T
        same_negative = target_ids[:, None] == torch.tensor(NEGATIVE_IDS)[None]
        forward = torch.cat([forward, further.masked_fill(same_negative, -torch.inf)], dim=1)
    loss = (cross_entropy(forward, right) + cross_entropy(backward, right)) / 2
    loss.backward()
    return {
        "margin": margin,
        "source": x.tolist(),
        "target": y.tolist(),
        "sourceIds": SOURCE_IDS,
        "targetIds": TARGET_IDS,
        **({"negatives": n.tolist(), "negativeIds": NEGATIVE_IDS} if negatives else {}),
        "loss": loss.item(),
        "sourceGradient": x.grad.tolist(),
        "targetGradient": y.grad.tolist(),
        **({"negativesGradient": n.grad.tolist()} if negatives else {}),
    }


cases = [case(margin, negatives) for margin in (0.0, 0.1) for negatives in (False, True)]
print(json.dumps({"scale": SCALE, "dimensions": DIMENSIONS, "cases": cases}))
