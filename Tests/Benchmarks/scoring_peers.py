#!/usr/bin/env python3
"""`tabscribe score` as whole processes beside jiwer, meeteval and pyannote.metrics, in turns on one machine.

usage: scoring_peers.py PATH-OF-TABSCRIBE [--times N]

Each line: what, its rate (the same on both sides, or the benchmark ends), median seconds and greatest MiB of both, and
how many times faster. Peers start with their imports, as a command would.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import run

VOCABULARY = [f"word{number}" for number in range(3000)]

PEERS = {
    "wer": "import jiwer; r, h = (' '.join(line.split(None, 5)[5] for line in open(p) if line.strip()) for p in paths)\n"
           "print(jiwer.wer(r, h))",
    "cpwer": "from meeteval.io import STM; from meeteval.wer import cpwer\n"
             "print(next(iter(cpwer(*map(STM.load, paths)).values())).error_rate)",
    "tcpwer": "from meeteval.io import STM; from meeteval.wer import tcpwer\n"
              "print(next(iter(tcpwer(*map(STM.load, paths), collar=5).values())).error_rate)",
    "der": "from pyannote.core import Annotation, Segment; from pyannote.metrics.diarization import DiarizationErrorRate\n"
           "def read(path):\n"
           "  result = Annotation()\n"
           "  for n, line in enumerate(open(path)):\n"
           "    f = line.split(); result[Segment(float(f[3]), float(f[3]) + float(f[4])), n] = f[7]\n"
           "  return result\n"
           "print(DiarizationErrorRate()(*map(read, paths)))",
}


def heard(words, chance):
    for word in words:
        draw = chance.random()
        if draw > 0.04:
            yield chance.choice(VOCABULARY) if draw < 0.09 else word
        if draw > 0.97:
            yield chance.choice(VOCABULARY)


def conversation(folder, name, speakers, words_each, chance):
    """A reference and what was heard of it, as STM: utterances of ten words, speakers in turn."""
    lines = ([], [])
    for number in range(speakers * words_each // 10):
        words = [chance.choice(VOCABULARY) for _ in range(10)]
        start = number * 3.0
        for side, said in enumerate((words, list(heard(words, chance)))):
            lines[side].append(f"talk 1 {'RH'[side]}{number % speakers} {start:.2f} {start + 3:.2f} {' '.join(said)}\n")
    return written(folder, name + ".stm", lines)


def turns(folder, count, chance):
    lines, time = ([], []), 0.0
    for _ in range(count):
        length = chance.randint(4, 40) / 8
        for side in (0, 1):
            shift = chance.randint(-2, 2) / 8 * side
            speaker = chance.randint(0, 7) if side and chance.random() < 0.1 else int(time) % 8
            lines[side].append(f"SPEAKER talk 1 {max(0, time + shift):.3f} {length:.3f} <NA> <NA> {'rh'[side]}{speaker} <NA> <NA>\n")
        time += length
    return written(folder, "turns.rttm", lines)


def written(folder, name, sides):
    paths = []
    for side, lines in zip(("reference", "hypothesis"), sides):
        paths.append(str(folder / f"{side}-{name}"))
        Path(paths[-1]).write_text("".join(lines), encoding="utf-8")
    return paths


def output(command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def pair(what, metric, paths, program, times):
    reference, hypothesis = paths
    ours = [program, "score", hypothesis, "-r", reference, "--metric", metric, "--normaliser", "none", "--json"]
    theirs = [sys.executable, "-W", "ignore", "-c", f"paths = {paths!r}\n{PEERS[metric]}"]
    rate = json.loads(output(ours))[metric]["rate"]
    if abs(rate - float(output(theirs).split()[-1])) > 1e-9:
        sys.exit(f"{what}: {rate} here, {output(theirs).split()[-1]} there")
    runs = [(run(ours), run(theirs)) for _ in range(times)]
    medians = [statistics.median(one[side][0] for one in runs) for side in (0, 1)]
    peaks = [max(one[side][1] for one in runs) for side in (0, 1)]
    print(f"{what:28} {rate:7.4f}  {medians[0]:8.3f} s {peaks[0]:6.0f} MiB  {medians[1]:8.3f} s {peaks[1]:6.0f} MiB"
          f"  {medians[1] / medians[0]:6.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    chance = random.Random(11)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["TABSCRIBE_HOME"] = str(folder / "home")
        cases = [
            ("WER, 10,000 words", "wer", conversation(folder, "ten", 1, 10_000, chance)),
            ("WER, 100,000 words", "wer", conversation(folder, "hundred", 1, 100_000, chance)),
            ("DER, 5,000 turns", "der", turns(folder, 5000, chance)),
            ("cpWER, 8 x 10,000 words", "cpwer", conversation(folder, "eight", 8, 10_000, chance)),
            ("tcpWER, 8 x 10,000 words", "tcpwer", conversation(folder, "timed", 8, 10_000, chance)),
        ]
        print(f"{'':28} {'rate':>7}  {'tabscribe':>21}  {'peer':>21}  times")
        for what, metric, paths in cases:
            pair(what, metric, paths, arguments.program, arguments.times if metric in ("wer", "der") else 1)


main()
