"""Compares every metric with the tool that defined its numbers, on thousands of random cases.

    compare_scoring.py PATH-OF-SCORE-CASES

Same seed, same cases. Prints a table: metric, peer, cases, largest difference; fails when one is not zero.
"""

import json
import logging
import random
import subprocess
import sys
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

import jiwer
from meeteval.io import SegLST
from meeteval.wer.wer.cp import cp_word_error_rate
from meeteval.wer.wer.orc import orc_word_error_rate
from meeteval.wer.wer.time_constrained import time_constrained_minimum_permutation_word_error_rate
from pyannote.core import Annotation, Segment, Timeline
from pyannote.metrics.diarization import (
    DiarizationCoverage, DiarizationErrorRate, DiarizationPurity, JaccardErrorRate,
)
from whisper_normalizer.basic import BasicTextNormalizer
from whisper_normalizer.english import EnglishTextNormalizer

WORDS = "a b c d e f the tide door harbour é 港 ok".split()
chance = random.Random(4)


def sentence(least, most):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(least, most)))


def changed(text, share):
    words = []
    for word in text.split():
        draw = chance.random()
        if draw < share / 3:
            continue
        words.append(chance.choice(WORDS) if draw < share * 2 / 3 else word)
        if draw > 1 - share / 3:
            words.append(chance.choice(WORDS))
    return " ".join(words)


def word_cases():
    for number in range(3000):
        reference = sentence(1, 90)
        hypothesis = changed(reference, chance.random()) if number % 3 else sentence(0, 90)
        yield "words", reference, hypothesis
    for size in (700, 2500, 6000):  # beyond 2048 words jiwer halves the texts
        reference = " ".join(str(chance.randint(0, 300)) for _ in range(size))
        yield "words", reference, changed(reference, 0.3)
        yield "words", reference, " ".join(str(chance.randint(0, 300)) for _ in range(size))
    for _ in range(300):
        reference = sentence(1, 40)
        yield "characters", reference, changed(reference, chance.random())


def conversation(speakers, utterances, words=6):
    rows, time = [], chance.choice([0.0, 9.0])
    for _ in range(chance.randint(1, utterances)):
        length = chance.randint(1, 40) / 8
        rows.append({
            "session_id": "s", "speaker": f"S{chance.randint(1, speakers)}", "start_time": time,
            "end_time": time + length, "words": sentence(0, words),
        })
        time += chance.randint(-4, 40) / 8 if time > 4 else length
    return rows


def reheard(rows, speakers, share=0.4):
    result = []
    for row in rows:
        if chance.random() < share / 4:
            continue
        shift = chance.randint(-8, 8) / 8 if chance.random() < share else 0
        start = max(0.0, row["start_time"] + shift)
        speaker = row["speaker"] if chance.random() > share / 2 else f"S{chance.randint(1, speakers)}"
        result.append(dict(
            row, speaker="H" + speaker, words=changed(row["words"], share), start_time=start,
            end_time=max(start, row["end_time"] + shift),
        ))
    return result


def turns(speakers, count, grid):
    rows, time = [], 0.0
    for _ in range(chance.randint(1, count)):
        length = chance.randint(1, 80) / 8 if grid else chance.uniform(0.01, 10)
        rows.append((time, time + length, f"S{chance.randint(1, speakers)}"))
        time = max(0.0, time + (chance.randint(-16, 96) / 8 if grid else chance.uniform(-2, 12)))
    return rows


def moved(rows, speakers, grid):
    result = []
    for start, end, speaker in rows:
        if chance.random() < 0.1:
            continue
        shift = chance.randint(-8, 8) / 8 if grid else chance.uniform(-1, 1)
        if chance.random() < 0.3:
            speaker = f"S{chance.randint(1, speakers)}"
        result.append((max(0.0, start + shift), max(0.0, start + shift) + end - start, "h" + speaker))
    return result


def annotation(rows):
    result = Annotation()
    for number, (start, end, speaker) in enumerate(rows):
        result[Segment(start, end), number] = speaker
    return result


def ours(cases):
    lines = "\n".join(json.dumps(case) for case in cases) + "\n"
    done = subprocess.run([sys.argv[1]], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


class Table:
    def __init__(self):
        self.rows = {}
        self.failures = []

    def hold(self, metric, peer, mine, theirs, case):
        row = self.rows.setdefault((metric, peer), [0, 0.0])
        row[0] += 1
        difference = abs(mine - theirs)
        row[1] = max(row[1], difference)
        if difference > 1e-9:
            self.failures.append((metric, mine, theirs, json.dumps(case)[:1500]))

    def finish(self):
        print(f"{'metric':28} {'peer':22} {'cases':>6}  largest difference")
        for (metric, peer), (count, difference) in self.rows.items():
            print(f"{metric:28} {peer:22} {count:6}  {0 if difference <= 1e-9 else difference:g}")
        for failure in self.failures[:5]:
            print("differs:", *failure, file=sys.stderr)
        sys.exit(1 if self.failures else 0)


def compare_words(table):
    cases = list(word_cases())
    results = ours([dict(metric=m, reference=r, hypothesis=h) for m, r, h in cases])
    for (metric, reference, hypothesis), mine in zip(cases, results):
        process = jiwer.process_words if metric == "words" else jiwer.process_characters
        theirs = process(reference, hypothesis)
        names = ["hits", "substitutions", "deletions", "insertions"]
        names += ["wer", "mer", "wil"] if metric == "words" else []
        for name in names:
            table.hold(f"{metric} {name}", "jiwer 4.0", mine[name], getattr(theirs, name), [reference, hypothesis])
        if metric == "characters":
            table.hold("cer", "jiwer 4.0", mine["wer"], theirs.cer, [reference, hypothesis])


def rows_for_us(rows):
    return [dict(start=r["start_time"], end=r["end_time"], speaker=r["speaker"], words=r["words"]) for r in rows]


def compare_meetings(table):
    cases = []
    for _ in range(700):
        reference = conversation(4, 14)
        cases.append((reference, reheard(reference, 4), chance.choice([0, 1, 5])))
    small = []
    for _ in range(200):
        reference = conversation(3, 6, words=4)
        small.append((reference, reheard(reference, 3), 0))
    cases = [case for case in cases if case[1]]
    small = [case for case in small if case[1]]
    for metric, some in (("cpwer", cases), ("tcpwer", cases), ("orcwer", small)):
        results = ours([
            dict(metric=metric, reference=rows_for_us(r), hypothesis=rows_for_us(h), collar=c)
            for r, h, c in some
        ])
        for (reference, hypothesis, collar), mine in zip(some, results):
            one, other = SegLST(reference), SegLST(hypothesis)
            if metric == "tcpwer":
                theirs = time_constrained_minimum_permutation_word_error_rate(one, other, collar=collar)
            else:
                theirs = (cp_word_error_rate if metric == "cpwer" else orc_word_error_rate)(one, other)
            counts, case = mine["counts"], [reference, hypothesis, collar]
            errors = counts["substitutions"] + counts["deletions"] + counts["insertions"]
            table.hold(f"{metric} errors", "meeteval 0.4", errors, theirs.errors, case)
            # Several ways to give utterances to speakers may be equally good: then the parts differ.
            if metric == "orcwer" and mine["assignment"] != list(theirs.assignment):
                continue
            for name in ("substitutions", "deletions", "insertions"):
                table.hold(f"{metric} {name}", "meeteval 0.4", counts[name], getattr(theirs, name), case)


def compare_turns(table):
    cases = []
    for number in range(500):
        grid = number % 2 == 0
        reference = turns(4, 16, grid)
        scored = [[2.0, 30.0], [31.0, 80.0]] if number % 3 == 0 else None
        cases.append((
            reference, moved(reference, 4, grid), scored, chance.choice([0.0, 0.25, 0.5]), number % 5 == 0,
        ))
    shaped = lambda rows: [dict(start=s, end=e, speaker=p) for s, e, p in rows]
    results = ours([
        dict(metric="der", reference=shaped(r), hypothesis=shaped(h), collar=c, skipOverlap=o,
             **({"scored": s} if s else {}))
        for r, h, s, c, o in cases
    ])
    names = {"total": "total", "correct": "correct", "missed detection": "missed",
             "false alarm": "falseAlarm", "confusion": "confusion", "diarization error rate": "der"}
    for (reference, hypothesis, scored, collar, overlap), mine in zip(cases, results):
        one, other = annotation(reference), annotation(hypothesis)
        uem = Timeline([Segment(*range) for range in scored]) if scored else None
        options = dict(collar=collar, skip_overlap=overlap)
        case = [reference, hypothesis, scored, collar, overlap]
        theirs = DiarizationErrorRate(**options)(one, other, uem=uem, detailed=True)
        for name, ours_name in names.items():
            table.hold(f"der {ours_name}", "pyannote.metrics 4.2", mine[ours_name], theirs[name], case)
        jer = JaccardErrorRate(**options)(one, other, uem=uem)
        table.hold("jer", "pyannote.metrics 4.2", mine["jer"], jer, case)
        table.hold("purity", "pyannote.metrics 4.2", mine["purity"], DiarizationPurity()(one, other), case)
        table.hold("coverage", "pyannote.metrics 4.2", mine["coverage"], DiarizationCoverage()(one, other), case)


# What a number, a contraction or a sign may stand beside.
PIECES = """the a half and cat Café naïve (laughs) [noise] <x> () ((a)b) $5 £3.50 €7 ¢9 $0.50 $0.5 5% 12% % 1 1s
1st 1960s 20th a1 1b 007 2.0 2.50 1,000 1,2,3 12,345.6 3. ... hello. x.y - +5 -3 per $$5 a%% 100%%% 1.2.3 O ?! “quoted”
it’s ﬁne ß Ærø won't can't let's ain't y'all wanna gonna i'ma imma cause ma'am Mr. mrs St. dr gen don't we're Sam's I'd
they'll isn't you've I'm o'clock uh um hmm n't 't 's been gone got""".split()


def texts_to_normalise():
    english = EnglishTextNormalizer()
    numbers = sorted(english.standardize_numbers.words)
    spellings = sorted(english.standardize_spellings.mapping)
    spellings.remove("archaeology")  # their list holds "archeology</span>"
    for number in range(4000):
        pools = [[numbers], [PIECES], [numbers, numbers, PIECES, spellings]][number % 3]
        words = []
        for _ in range(chance.randint(1, 14)):
            word = chance.choice(chance.choice(pools))
            word = word.capitalize() if chance.random() < 0.1 else word
            words.append(word + (chance.choice(",.?!%;") if chance.random() < 0.1 else ""))
        yield " ".join(words)
    yield " ".join(spellings)


def compare_normalisers(table):
    texts = list(texts_to_normalise())
    for name, peer in (("english", EnglishTextNormalizer()), ("basic", BasicTextNormalizer())):
        results = ours([dict(metric="normalised", normaliser=name, reference=text) for text in texts])
        for text, mine in zip(texts, results):
            differs = mine.split() != peer(text).split()
            table.hold(f"normaliser {name}", "whisper-normalizer", differs, False, text)


table = Table()
compare_normalisers(table)
compare_words(table)
compare_meetings(table)
compare_turns(table)
table.finish()
