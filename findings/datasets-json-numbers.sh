#!/usr/bin/env bash
# datasets 5.2.0 with pandas 3.1.1 (Hugging Face): which numbers Dataset.to_json writes into JSON lines.
#
# - A float keeps ten digits behind the point, so that a probability of 3e-12 is 0.0, and one of 1.2e-10 is 1e-10. to_csv
#   and to_parquet of the same data keep all digits.
# - Infinity and NaN are both null, where to_csv keeps infinity.
# - A time is cut to milliseconds, and written as a number of them: Dataset.from_json reads whole numbers, no times.
#
# JSON lines are what corpora of this field are published as. It matters to whoever passes the probabilities of a language
# model or identifier through them: the logarithms of the small ones are minus infinity afterwards, and what was told apart by
# them is equal. to_json(path, double_precision=15), the most that it takes, keeps what is not below 1e-15.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet datasets==5.2.0 pandas==3.1.1 pyarrow==26.0.1

cat > write.py <<'PY'
import datetime
import datasets

datasets.disable_progress_bars()
time = datetime.datetime(2024, 1, 2, 3, 4, 5, 678901)
rows = datasets.Dataset.from_dict(
    {"p": [3e-12, 1.2e-10, 1.2345678901234567], "x": [float("inf"), float("nan"), 1.0], "t": [time] * 3}
)
rows.to_json("rows.jsonl")
rows.to_csv("rows.csv")
rows.to_parquet("rows.parquet")
print(open("rows.jsonl").read() + open("rows.csv").read(), end="")
print("parquet", datasets.Dataset.from_parquet("rows.parquet")["p"][:])
print("read again", datasets.Dataset.from_json("rows.jsonl")[0])
rows.to_json("more.jsonl", double_precision=15)
print("fifteen digits", datasets.Dataset.from_json("more.jsonl")["p"][:])
PY
found=$(HF_HUB_OFFLINE=1 HF_HOME="$folder/home" tools/bin/python write.py 2>/dev/null)
echo "$found"
diff <(echo "$found") - <<'TXT'
{"p":0.0,"x":null,"t":1704164645678}
{"p":0.0000000001,"x":null,"t":1704164645678}
{"p":1.2345678901,"x":1.0,"t":1704164645678}
p,x,t
3e-12,inf,2024-01-02 03:04:05.678901
1.2e-10,,2024-01-02 03:04:05.678901
1.2345678901234567,1.0,2024-01-02 03:04:05.678901
parquet [3e-12, 1.2e-10, 1.2345678901234567]
read again {'p': 0.0, 'x': None, 't': 1704164645678}
fifteen digits [3e-12, 1.2e-10, 1.234567890123457]
TXT
