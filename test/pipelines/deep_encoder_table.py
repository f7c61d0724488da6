"""
What a table in training does, as JSON: its rows before a step, after one, and after the shared part learned of one piece; and how far rows
that were rotated and made longer are from where they were, once they are turned back.
"""

import json
import sys

import torch

sys.path[:0] = ["pipelines", "pipelines/deep-encoder"]
from average import turned
from parts.learned_table import LearnedTable

torch.manual_seed(0)
start = torch.tensor([[1.0, 2.0], [0.0, 0.0], [3.0, -1.0]])
table = LearnedTable(start, torch.tensor([0.5, 0.0, -0.5]), prior=1.0)
before = table.rows()
table.step(torch.tensor([0, 1]), torch.tensor([[3.0, 4.0], [1.0, 1.0]]), 0.5)
stepped = table.rows()
optimizer = torch.optim.AdamW(table.parameters(), lr=1e-3)
for _ in range(10):
    optimizer.zero_grad()
    (table.of(torch.tensor([0]), torch.zeros(1, 2)) - torch.tensor([[2.0, 1.0]])).square().sum().backward()
    optimizer.step()
rows = torch.randn(50, 8)
rotation, _ = torch.linalg.qr(torch.randn(8, 8))
back = (turned(3 * rows @ rotation, rows) - rows).abs().max().item()
print(json.dumps({"back": back, "before": before.tolist(), "stepped": stepped.tolist(), "learned": table.rows().tolist(), "sums": table.sums.tolist()}))
