"""Made reference.json: every metric on 40 random pairs of vectors, written from its definition with NumPy alone.

    python3 test/evaluate/reference.py > test/evaluate/reference.json
"""

import json

import numpy as np

K = 4
random = np.random.default_rng(7)
x = random.standard_normal((40, 8))
y = x + 0.9 * random.standard_normal((40, 8))
x, y = (np.round(m / np.linalg.norm(m, axis=1, keepdims=True), 6).astype(np.float32) for m in (x, y))
cosines = x.astype(np.float64) @ y.astype(np.float64).T


def ranks(c):
    return (c > np.diag(c)[:, None]).sum(axis=1) + 1


def margins(c):
    mean_x = np.sort(c, axis=1)[:, -K:].mean(axis=1)
    mean_y = np.sort(c, axis=0)[-K:].mean(axis=0)
    return c / ((mean_x[:, None] + mean_y[None, :]) / 2)


def xsim(c):
    scores = margins(c)
    nearest = np.argsort(-c, axis=1)[:, :K]
    choice = [row[np.argmax(scores[i, row])] for i, row in enumerate(nearest)]
    return float(np.mean(np.array(choice) != np.arange(len(c))))


def best_f1(c):
    """Forward retrieval: each x takes its best of its k nearest by margin; gold are the first 30 pairs."""
    scores = margins(c)
    nearest = np.argsort(-c, axis=1)[:, :K]
    pairs = sorted(((scores[i, row].max(), i, row[np.argmax(scores[i, row])]) for i, row in enumerate(nearest)), reverse=True)
    best, correct = 0.0, 0
    for n, (_, i, j) in enumerate(pairs, 1):
        correct += int(i == j and i < 30)
        best = max(best, 2 * correct / (n + 30))
    return best


r = ranks(cosines)
print(
    json.dumps(
        {
            "x": x.tolist(),
            "y": y.tolist(),
            "accuracy": {"forward": float(np.mean(r == 1)), "backward": float(np.mean(ranks(cosines.T) == 1))},
            "xsim": {"forward": xsim(cosines), "backward": xsim(cosines.T)},
            "recall@5": float(np.mean(r <= 5)),
            "mrr": float(np.mean(1 / r)),
            "bestF1": best_f1(cosines),
        }
    )
)
