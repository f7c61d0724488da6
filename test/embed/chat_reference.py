"""Renders chat templates with Jinja as transformers sets it up: test/embed/chat/templates.json.

    pip install transformers==5.24.0 jinja2==3.1.6
    python3 test/embed/chat_reference.py
"""

import json
import pathlib

from transformers.utils.chat_template_utils import render_jinja_template

TEMPLATES = {
    "chatml":"{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    "qwen2":"{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}",
    "llama3":"{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}",
    "gemma":"{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}",
    "gemma3":"""{{ bos_token }}
{%- if messages[0]['role'] == 'system' -%}
    {%- if messages[0]['content'] is string -%}
        {%- set first_user_prefix = messages[0]['content'] + '

' -%}
    {%- else -%}
        {%- set first_user_prefix = messages[0]['content'][0]['text'] + '

' -%}
    {%- endif -%}
    {%- set loop_messages = messages[1:] -%}
{%- else -%}
    {%- set first_user_prefix = "" -%}
    {%- set loop_messages = messages -%}
{%- endif -%}
{%- for message in loop_messages -%}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{ raise_exception("Conversation roles must alternate user/assistant/user/assistant/...") }}
    {%- endif -%}
    {%- if (message['role'] == 'assistant') -%}
        {%- set role = "model" -%}
    {%- else -%}
        {%- set role = message['role'] -%}
    {%- endif -%}
    {{ '<start_of_turn>' + role + '
' + (first_user_prefix if loop.first else "") }}
    {%- if message['content'] is string -%}
        {{ message['content'] | trim }}
    {%- elif message['content'] is iterable -%}
        {%- for item in message['content'] -%}
            {%- if item['type'] == 'image' -%}
                {{ '<start_of_image>' }}
            {%- elif item['type'] == 'text' -%}
                {{ item['text'] | trim }}
            {%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {{ raise_exception("Invalid content type") }}
    {%- endif -%}
    {{ '<end_of_turn>
' }}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{'<start_of_turn>model
'}}
{%- endif -%}
""",
    "llama2":"{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\n' + system_message + '\n<</SYS>>\n\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}",
    "qwen3ish":"""{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- if messages[0].role == 'system' %}
        {{- messages[0].content + '\\n\\n' }}
    {%- endif %}
{%- else %}
    {%- if messages[0].role == 'system' %}
        {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set ns.multi_step_tool = false %}
        {%- set ns.last_query_index = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}
        {%- set content = message.content %}
    {%- else %}
        {%- set content = '' %}
    {%- endif %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}""",
    "macro":"{% macro show(x, end='!') %}[{{ x }}{{ end }}]{% endmacro %}{% for m in messages %}{{ show(m.content) }}{{ show(m.role, end='') }}{% endfor %}\n",
    "leak":"{% for m in messages %}{% if x is defined %}again {{ x }}{% endif %}{% set x = m.role %}{{ x }}{% endfor %}{{ x }}",
    "none":"{{ none }}{{ messages[0].content }}",
    "bool":"{{ true }}",
    "list":"{{ messages[0].content }} {{ messages }}",
    "eq":"{{ 'a' if messages[0].content == 1 else 'b' }}{{ 'c' if none == undefined_thing else 'd' }}",
    "strip":"{{ messages[0].content.strip('x') }}|{{ messages[0].content.lstrip() }}|{{ messages[0].content.rstrip() }}|{{ messages[0].content | trim }}|",
    "len":"{{ messages[0].content|length }}{{ messages[0].content[0] }}{{ messages[0].content[:3] }}",
    "undef":"{{ messages[0].nothing.more }}",
    "undef2":"{{ nothing }}{{ messages[5] }}",
    "title":"{{ messages[0].content.title() }}",
    "cap":"{{ messages[0].content | capitalize }}",
    "raw":"{% raw %}{{ x }}{% endraw %}{{ messages[0].content }}",
    "generation":"{% for m in messages %}{% generation %}{{ m.content }}{% endgeneration %}{% endfor %}",
    "filterstmt":"{% filter upper %}{{ messages[0].content }}{% endfilter %}",
    "setblock":"{% set t %}  {{ messages[0].content }} {% endset %}{{ t | trim }}",
    "date":"{{ strftime_now('%d %b %Y') }}",
    "break":"{% for m in messages %}{% if loop.index > 1 %}{% break %}{% endif %}{{ m.content }}{% endfor %}",
    "ws":"a\n  {% if true %}\n  b \n  {# c #}\n  {% endif %}\n  c\n\n",
    "join":"{{ messages | map(attribute='content') | join(' / ') }}{{ messages | selectattr('role', 'equalto', 'user') | list | length }}",
    "dictget":"{{ messages[0].get('content') }}{{ messages[0].get('x', 'none') }}{% for k, v in messages[0].items() %}{{ k }}={{ v }};{% endfor %}",
    "tojson":"{{ messages[0].content | tojson }}",
    "concat":"{{ messages[0].content ~ 3 ~ 'x' }}",
    "plus":"{{ messages[0].content + 3 }}",
    "in":"{{ 'y' if 'content' in messages[0] else 'n' }}{{ 'y' if 'mill' in messages[0].content else 'n' }}{{ 'y' if messages[0].role in ['user', 'x'] else 'n' }}",
    "range":"{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(5, 1, -2) %}{{ i }}{% endfor %}",
    "loopdepth":"{% for m in messages %}{{ loop.depth }}{% endfor %}",
    "iter":"{{ 'a' if messages[0] is iterable else 'b' }}{{ 'a' if nothing is iterable else 'b' }}{{ 'a' if nothing is sequence else 'b' }}{{ 'a' if messages[0].content is not sequence else 'b' }}",
    "chain":"{{ 'a' if 1 < 2 < 3 else 'b' }}",
    "default":"{{ nothing | default('x') }}{{ '' | default('y', true) }}",
    "tilde":"{{ 'a' + 'b' ~ 'c' }}",
    "nested":"{% for m in messages %}{% for c in m.content.split(' ') %}{{ loop.index }}{{ c }}{% endfor %}{{ loop.index }}{% endfor %}",
    "crlf":"a\r\n{% if true %}\r\nb\r\n{% endif %}\r\nc",
    "sort":"{{ ['b','a'] | sort | join }}",
    "ternary":"{{ messages[0].content if messages | length > 1 }}x",
    "pct":"{{ 7 % 3 }}{{ 7 // 2 }}{{ 2 * 3 - 1 }}",
    "neg":"{{ -7 % 3 }}",
    "esc":"{{ 'a\\nb\\u00e9' }}",
    "upper":"{{ messages[0].content | upper }}{{ messages[0].content.lower() }}",
    "syntax":"{% for m in messages %}\n{{ m.content }\n{% endfor %}",
    "unclosed":"{% for m in messages %}x",
    "include":"a\nb\n{% include 'x' %}",
    "divis":"{{ 'a' if 4 is divisibleby(2) else 'b' }}",
    "dict":"{% set d = {'a': 'x', 'b': 'y'} %}{{ d.a }}{{ d['b'] }}{{ d | length }}",
    "tuple":"{% set a, b = ('x', 'y') %}{{ a }}{{ b }}",
    "minusif":"x \n {%- if true -%} \n y \n {%- endif %} z",
}
TEXTS = ["the mill", " \x1c\ufeff the \U0001F600 mill\x85 x"]


def render(template: str, messages: list) -> str | None:
    try:
        tokens = {"bos_token": "<s>", "eos_token": "</s>"}
        return render_jinja_template(conversations=[messages], chat_template=template, **tokens)[0][0]
    except Exception:
        return None


def main() -> None:
    cases = []
    for name, template in TEMPLATES.items():
        if name == "date":
            continue
        for system in ([], [{"role": "system", "content": "Be:"}]):
            for text in TEXTS:
                messages = [*system, {"role": "user", "content": text}]
                cases.append({"name": name, "messages": messages, "text": render(template, messages)})
    path = pathlib.Path(__file__).parent / "chat" / "templates.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"templates": TEMPLATES, "cases": cases}, ensure_ascii=False) + "\n")


main()
