#!/usr/bin/env bash
# OpusFilter 3.3.1: the thresholds that opusfilter-autogen --method percentiles chooses.
#
# The method is said to choose each filter's threshold so that a given share of the data, 0.1 % unless told, falls out.
# For filters whose low scores are good (LengthRatioFilter, LongWordFilter ...) it does. For those whose high scores are
# good (NonZeroNumeralsFilter, LanguageIDFilter ...) the scores are sorted downwards before the first one that reaches the
# percentile is looked up, which is then always the highest score of all, and the next below it becomes the threshold:
# whatever the share, only pairs of the two best scores stay, or those above the second.
#
# It matters to who takes such a configuration as a start: a corpus of good pairs can lose nearly all of its pairs, and
# the file looks as if it had been fitted to them.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opusfilter==3.3.1

cat > see.py <<'EOF'
from opusfilter.autogen import PercentileAdjuster
from opusfilter.filters import LongWordFilter, NonZeroNumeralsFilter
import pandas as pd

# A thousand pairs with numerals of 4 to 1003 digits, of which every second differs in its last digit, so that scores are
# nearly 1, and all of them differ.
pairs = []
for i in range(1000):
    digits = "1" * (4 + i)
    pairs.append((f"Nummer {digits}", f"number {digits[:-1]}{1 + i % 2}"))

for kind in (LongWordFilter, NonZeroNumeralsFilter):
    scores = list(kind().score(pairs))
    columns = pd.DataFrame([score if isinstance(score, list) else [score] for score in scores])
    for share in (0.001, 0.05):
        found = PercentileAdjuster(kind).get_adjusted_parameters(columns, excluded_percentile=share)
        keep = kind(**found)
        kept = sum(keep.accept(score) for score in scores)
        print(f"{kind.__name__}: asked to drop {1000 * share:g} of 1000 pairs, {found} drops {1000 - kept}")
EOF
seen=$(venv/bin/python see.py)
echo "$seen"
diff <(echo "$seen") - <<'EOF'
LongWordFilter: asked to drop 1 of 1000 pairs, {'threshold': [1002.001, 1002.001]} drops 1
LongWordFilter: asked to drop 50 of 1000 pairs, {'threshold': [955, 955]} drops 49
NonZeroNumeralsFilter: asked to drop 1 of 1000 pairs, {'threshold': 0.9990029910269193, 'require_all': True} drops 499
NonZeroNumeralsFilter: asked to drop 50 of 1000 pairs, {'threshold': 0.9990029910269193, 'require_all': True} drops 499
EOF
