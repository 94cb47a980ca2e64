#!/usr/bin/env python3
"""Captions against pysubs2 and webvtt-py: how fast they write and read the rows of `TabscribeBenchmarks formats`, and
whether they read what tabscribe writes.

usage: formats_peers.py [ROWS]            60000 rows when not given
       formats_peers.py --read FILE…      .srt and .vtt files that tabscribe wrote
"""
import re, sys, time
from pathlib import Path

import pysubs2
import webvtt

TIMES = re.compile(r"^(\d+):(\d\d):(\d\d)[.,](\d{3}) --> (\d+):(\d\d):(\d\d)[.,](\d{3})$")


def rows(count):
    clause = "the gauge was read at six & the water stood <four> centimetres above the mark"
    for row in range(count):
        text = f"Row {row}: {clause}, and nobody wrote it down" + " again" * (row % 7)
        yield row * 3000, row * 3000 + 3000, f"Speaker Number {row // 3 % 40 + 1}", text


def measure(name, count, work):
    wall, processor = time.perf_counter(), time.process_time()
    size = work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{name} rows {count} bytes {size} ms {wall * 1000:.0f} cpu_ms {processor * 1000:.0f}")


def benchmark(count):
    file = pysubs2.SSAFile()
    file.events = [pysubs2.SSAEvent(start=a, end=b, name=who, text=text) for a, b, who, text in rows(count)]
    for name in ["srt", "vtt"]:
        measure(f"pysubs2 {name}", count, lambda: len(file.to_string(name).encode()))
    text = file.to_string("srt")
    measure("pysubs2 read-srt", count, lambda: len(pysubs2.SSAFile.from_string(text).events))
    captions = webvtt.WebVTT()
    for start, end, who, text in rows(count):
        captions.captions.append(webvtt.Caption(clock(start), clock(end), [f"<v {who}>{text}"]))
    measure("webvtt-py vtt", count, lambda: len(captions.content.encode()))
    content = captions.content
    measure("webvtt-py read-vtt", count, lambda: len(webvtt.from_string(content).captions))


def clock(milliseconds):
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def written(path):
    """The captions as they stand in the file: start, end and the number of lines."""
    captions = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        for index, line in enumerate(lines):
            if match := TIMES.match(line):
                h, m, s, f, h2, m2, s2, f2 = map(int, match.groups())
                captions.append((((h * 60 + m) * 60 + s) * 1000 + f, ((h2 * 60 + m2) * 60 + s2) * 1000 + f2,
                                 len(lines) - index - 1))
    return captions


def check(path):
    due = written(path)
    if path.suffix == ".vtt":
        read = [(stamp(c.start), stamp(c.end), len(c.lines)) for c in webvtt.read(path)]
    else:
        # For WebVTT, pysubs2 takes every line with two times in it for the times of a caption.
        file = pysubs2.load(str(path), encoding="utf-8")
        read = [(e.start, e.end, e.text.count("\\N") + 1) for e in file]
    assert read == due, f"{path}: read as {read}, not {due}"
    print(f"{path}: {len(due)} captions")


def stamp(text):
    hours, minutes, seconds = text.split(":")
    return (int(hours) * 60 + int(minutes)) * 60000 + int(seconds.replace(".", ""))


if sys.argv[1:2] == ["--read"]:
    for name in sys.argv[2:]:
        check(Path(name))
else:
    benchmark(int(sys.argv[1]) if len(sys.argv) > 1 else 60_000)
