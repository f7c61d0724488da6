"""What a table in training does, as JSON: its rows before a step, after one, and after the shared part learned of one piece."""

import json
import sys

import torch

sys.path[:0] = ["pipelines", "pipelines/deep-encoder"]
from parts.learned_table import LearnedTable

torch.manual_seed(0)
start = torch.tensor([[1.0, 2.0], [0.0, 0.0], [3.0, -1.0]])
table = LearnedTable(start, torch.tensor([0.5, 0.0, -0.5]), prior=1.0)
before = table.rows()
table.step(torch.tensor([0, 1]), torch.tensor([[3.0, 4.0], [1.0, 1.0]]), 0.5)
stepped = table.rows()
optimizer = torch.optim.SGD(table.parameters(), lr=0.1)
for _ in range(10):
    optimizer.zero_grad()
    (table.of(torch.tensor([0]), torch.zeros(1, 2)) - torch.tensor([[2.0, 1.0]])).square().sum().backward()
    optimizer.step()
print(json.dumps({"before": before.tolist(), "stepped": stepped.tolist(), "learned": table.rows().tolist(), "sums": table.sums.tolist()}))
