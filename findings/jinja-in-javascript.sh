#!/usr/bin/env bash
# The npm package @huggingface/jinja (0.5.11), which transformers.js renders chat templates with, beside Jinja itself
# (jinja2 3.1.6, set up as transformers 5 does: trim_blocks and lstrip_blocks).
#
# Templates that both accept give other texts, without an error:
#
# - None is nothing there, and "None" in Jinja; true is "true", and "True".
# - A list or a mapping in a text is JSON there; in Jinja it is what Python prints. A text + a list is a text there, and
#   an error in Jinja.
# - What is undefined has undefined attributes there; in Jinja asking it for one is an error.
# - "1" == 1, and none == what is undefined, hold there; in Jinja they do not.
# - strip("x") drops its argument there, and strips spaces.
# - A variable that is set in one turn of a loop is still set in the next one there.
#
# It matters to whoever encodes or prompts with the same folder in both languages: the model gets other tokens, and
# nothing tells. Rendering a template without an error is no sign that it was rendered right.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @huggingface/jinja@0.5.11
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jinja2==3.1.6 2>/dev/null

cat > templates.json <<'EOF2'
{
  "none": "[{{ none }}]",
  "true": "{{ true }}",
  "list": "{{ parts }}",
  "text and list": "{{ 'a' + parts }}",
  "undefined": "[{{ nothing.more }}]",
  "equal": "{{ 'yes' if '1' == 1 else 'no' }}",
  "equal to none": "{{ 'yes' if none == nothing else 'no' }}",
  "strip": "[{{ 'xax'.strip('x') }}]",
  "turns": "{% for i in [1, 2] %}{{ seen }}{% set seen = 'again' %}.{% endfor %}"
}
EOF2

cat > render.mjs <<'EOF2'
import { readFileSync } from "node:fs";
import { Template } from "@huggingface/jinja";

const templates = JSON.parse(readFileSync("templates.json", "utf8"));
for (const [name, template] of Object.entries(templates)) {
  let text;
  try {
    text = new Template(template).render({ parts: ["b"] });
  } catch {
    text = "an error";
  }
  console.log(`${name}: ${text}`);
}
EOF2

cat > render.py <<'EOF2'
import json
import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
for name, template in json.load(open("templates.json")).items():
    try:
        text = environment.from_string(template).render(parts=["b"])
    except Exception:
        text = "an error"
    print(text)
EOF2

seen=$(paste -d '|' <(node render.mjs) <(venv/bin/python render.py))
echo "$seen"
diff <(echo "$seen") - <<'EOF2'
none: []|[None]
true: true|True
list: ["b"]|['b']
text and list: ab|an error
undefined: []|an error
equal: yes|no
equal to none: yes|no
strip: [xax]|[a]
turns: .again.|..
EOF2
