"""Decodes the benchmark's replies with Python packages, to typed rows.

Usage: tables_peers.py REPLY.json CUT.json REPLY.tsv
Times are of the processor. Prints one line for each package that is installed, as the benchmark prints its own.
"""

import csv
import importlib
import io
import statistics
import sys
import time


def measure(name, size, function, rounds):
    times = []
    rows = 0
    for _ in range(rounds):
        begin = time.process_time()
        rows = function()
        times.append(time.process_time() - begin)
    seconds = statistics.median(times)
    print(
        f"{name:<44}  {size / seconds / 1e6:7.0f} MB/s  (best {size / min(times) / 1e6:5.0f})"
        f"  {seconds * 1e3:8.1f} ms  {rows} rows",
        flush=True,
    )


def pydantic_rows(data):
    from pydantic import BaseModel

    class Row(BaseModel):
        start: str
        text: str
        voice: int

    class Speaker(BaseModel):
        voice: int
        name: str
        company: str
        position: str
        role: str

    class Reply(BaseModel):
        task1_transcripts: list[Row]
        task2_speakers: list[Speaker]

    return lambda: len(Reply.model_validate_json(data).task1_transcripts)


def msgspec_rows(data):
    import msgspec

    class Row(msgspec.Struct):
        start: str
        text: str
        voice: int

    class Speaker(msgspec.Struct):
        voice: int
        name: str
        company: str
        position: str
        role: str

    class Reply(msgspec.Struct):
        task1_transcripts: list[Row]
        task2_speakers: list[Speaker]

    decoder = msgspec.json.Decoder(Reply)
    return lambda: len(decoder.decode(data).task1_transcripts)


def orjson_dicts(data):
    import orjson

    return lambda: len(orjson.loads(data)["task1_transcripts"])


def orjson_rows(data):
    import orjson

    class Row:
        __slots__ = ("start", "text", "voice")

        def __init__(self, start, text, voice):
            self.start, self.text, self.voice = start, text, voice

    return lambda: len([Row(**row) for row in orjson.loads(data)["task1_transcripts"]])


def repaired_rows(data):
    import json_repair

    text = data.decode()
    return lambda: len(json_repair.loads(text)["task1_transcripts"])


def csv_rows(data):
    text = data.decode()

    def rows():
        block = text.partition("<TASK1_TRANSCRIPTS_TSV>\n")[2].partition("</TASK1_")[0]
        reader = csv.DictReader(io.StringIO(block), delimiter="\t", quoting=csv.QUOTE_NONE)
        return len([(row["start"], row["text"], int(row["voice"])) for row in reader])

    return rows


def main(json_path, cut_path, tsv_path):
    files = [open(path, "rb").read() for path in (json_path, cut_path, tsv_path)]
    json_data, cut_data, tsv_data = files
    peers = [
        ("pydantic", "pydantic model_validate_json", pydantic_rows, json_data, 5),
        ("msgspec", "msgspec to structs", msgspec_rows, json_data, 9),
        ("orjson", "orjson to dicts", orjson_dicts, json_data, 9),
        ("orjson", "orjson to typed objects", orjson_rows, json_data, 9),
        ("json_repair", "json_repair, cut at nine tenths", repaired_rows, cut_data, 1),
        ("csv", "csv with tabs, to typed tuples", csv_rows, tsv_data, 5),
    ]
    for module, name, prepare, data, rounds in peers:
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"{name:<44}  not installed")
            continue
        measure(name, len(data), prepare(data), rounds)


if __name__ == "__main__":
    main(*sys.argv[1:])
