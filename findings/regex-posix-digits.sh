#!/usr/bin/env bash
# Python's regex (2026.11.19) and Bicleaner's hard rules (bicleaner-hardrules 2.10.8): what [[:digit:]] is.
#
# In the package regex, \d and \p{Nd} are the digits of every script, and most of POSIX's classes are Unicode's too:
# [[:alpha:]] is also Ж and न, [[:space:]] the no-break space, [[:punct:]] the Arabic question mark. Two are not:
# [[:digit:]] is 0-9 alone, and [[:alnum:]] is letters of every script, but digits of none other than ASCII.
#
# It matters to filters of corpora: bicleaner-hardrules counts digits by [[:digit:]], so its rule no_only_numbers rejects
# a side of numbers such as "12 345 678", and keeps the same numbers in Arabic, Persian, Hindi or full-width digits.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check regex==2026.11.19
venv/bin/pip install --quiet --disable-pip-version-check --no-deps bicleaner-hardrules==2.10.8

cat > see.py <<'EOF'
import sys
import types

import regex

# What the models of the hard rules need is not imported; this rule has no model.
for name, used in (("fastspell", "FastSpell"), ("hardrules.lm", "load_lm_filter"), ("hardrules.tokenizer", "Tokenizer")):
    sys.modules[name] = types.ModuleType(name)
    setattr(sys.modules[name], used, None)
from argparse import Namespace

from hardrules.hardrules import Hardrules

digits = {"ASCII": "5", "Arabic": "٥", "Persian": "۵", "Devanagari": "५", "full-width": "５"}
for pattern in (r"\d", r"\p{Nd}", "[[:digit:]]", "[[:alnum:]]"):
    known = [script for script, digit in digits.items() if regex.fullmatch(pattern, digit)]
    print(f"{pattern}: {', '.join(known)}")
for pattern, text in (("[[:alpha:]]", "Жन"), ("[[:space:]]", "\u00a0"), ("[[:punct:]]", "؟")):
    print(f"{pattern}: {bool(regex.fullmatch(f'{pattern}+', text))} of {ascii(text)}")

rules = Hardrules(Namespace(
    source_lang="ar", target_lang="en", disable_lm_filter=True, lm_threshold=0.5, disable_porn_removal=True,
    disable_lang_ident=True, disable_minimal_length=False, run_all_rules=True, rules_config={},
))
for script, digit in digits.items():
    side = f"Tel. {digit * 2} {digit * 3} {digit * 3}"
    print(f"no_only_numbers, {script}: {'kept' if rules.c_no_only_numbers(side, 'left') else 'rejected'}")
EOF
seen=$(venv/bin/python see.py)
echo "$seen"
diff <(echo "$seen") - <<'EOF'
\d: ASCII, Arabic, Persian, Devanagari, full-width
\p{Nd}: ASCII, Arabic, Persian, Devanagari, full-width
[[:digit:]]: ASCII
[[:alnum:]]: ASCII
[[:alpha:]]: True of '\u0416\u0928'
[[:space:]]: True of '\xa0'
[[:punct:]]: True of '\u061f'
no_only_numbers, ASCII: rejected
no_only_numbers, Arabic: kept
no_only_numbers, Persian: kept
no_only_numbers, Devanagari: kept
no_only_numbers, full-width: kept
EOF
