"""Clean sentences of some languages out of WET files: warcio, fastText and sentencex, a file a process.

    python3 warcio_fasttext.py MODEL LANGUAGES PROCESSES OUTPUT-FOLDER FILE...

The work is that of extract but for the duplicates, which it leaves in. Prints sentences kept as JSON.
"""
import json
import os
import sys
import unicodedata
from concurrent.futures import ProcessPoolExecutor

import fasttext
from sentencex import segment
from warcio.archiveiterator import ArchiveIterator

model_path, languages, processes, output = sys.argv[1:5]
wanted = set(languages.split(","))
model = None


def load():
    global model
    model = fasttext.load_model(model_path)


def identify(text):
    labels, scores = model.predict(text)
    return labels[0][len("__label__"):], float(scores[0])


def normalise(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_clean(sentence):
    if not 3 <= len(sentence) <= 1000:
        return False
    characters = sentence.replace(" ", "")
    letters = sum(character.isalpha() for character in characters)
    return letters >= 0.5 * len(characters)


def extract(path):
    kept = 0
    with open(path, "rb") as stream, open(os.path.join(output, os.path.basename(path) + ".jsonl"), "w") as lines:
        records = ArchiveIterator(stream)
        for record in records:
            if record.rec_type != "conversion":
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            name = record.rec_headers.get_header("WARC-Record-ID")
            blocks = record.content_stream().read().decode("utf-8", "replace").split("\n")
            offset = records.get_record_offset()
            for block, text in enumerate(blocks, 1):
                text = normalise(text)
                if not text:
                    continue
                language, score = identify(text)
                if language not in wanted and score >= 0.5:
                    continue
                for number, sentence in enumerate(segment(language, text), 1):
                    sentence = sentence.strip()
                    if not is_clean(sentence):
                        continue
                    code, score = identify(sentence)
                    if score < 0.5 or code not in wanted:
                        continue
                    kept += 1
                    row = {"text": sentence, "language": code, "score": round(score, 4), "url": url, "id": name}
                    row |= {"file": path, "offset": offset, "block": block, "sentence": number}
                    lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return kept


with ProcessPoolExecutor(int(processes), initializer=load) as pool:
    print(json.dumps({"kept": sum(pool.map(extract, sys.argv[5:]))}))
