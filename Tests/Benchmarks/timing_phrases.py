#!/usr/bin/env python3
"""`tabscribe check-time` and `align` on speech that no synthesizer made: phrases that people recorded, joined.

usage: timing_phrases.py PATH-OF-TABSCRIBE [--minutes N] [--seed N] [--plot FILE.svg] [--case NAME]...

Needs numpy, espeak-ng, ffmpeg and Debian's asterisk-core-sounds-LANGUAGE with -wav for en, fr, es, it and ru.
Each case joins phrases of five languages with pauses of 0.05 to 5 s and overlaps of 5 %, adds noise, and states times in
whole seconds with an offset, a drift and jumps of 20 s; one row in 20 is missing and one in 50 is invented. Each line:
how many seconds the command took and its greatest MiB, and what it found. Errors are in seconds. A missing phrase of
more than 3 s counts as found when a finding touches it, an invented row as marked when `align` does not find it.
"""
import argparse
import gzip
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

from measure import run

RATE = 8000
VOICES = {"en": "en_US_f_Allison", "fr": "fr_CA_f_June", "es": "es_MX_f_Allison", "it": "it_IT_m_Carlo", "ru": "ru_RU_f_IvrvoiceRU"}
CASES = {
    "30 dB": {"noise": 30},
    "15 dB": {"noise": 15},
    "5 dB": {"noise": 5},
    "15 dB, reverberation": {"noise": 15, "reverberation": True},
    "15 dB, no drift": {"noise": 15, "offset": 0, "drift": 0, "jumps": 0},
    "15 dB, told a wrong language": {"noise": 15, "options": ["--language", "de"]},
}


def samples(path):
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768


def spoken(sound):
    """The sound from its first to its last loud frame; None when there is none."""
    count = len(sound) // 80
    power = (sound[: count * 80].reshape(count, 80) ** 2).mean(1) if count > 10 else np.zeros(0)
    loud = np.flatnonzero(power > max(power.max(initial=0) * 10**-3.8, 1e-7))
    return sound[loud[0] * 80:(loud[-1] + 1) * 80] if len(loud) else None


def phrases(language):
    found = []
    with gzip.open(f"/usr/share/doc/asterisk-core-sounds-{language}/core-sounds-{language}.txt.gz", "rt") as lines:
        for line in lines:
            name, _, text = line.partition(":")
            path = Path("/usr/share/asterisk/sounds", VOICES[language], name.strip() + ".wav")
            text = text.strip().strip("“”\"")
            if line.startswith(";") or re.search(r"[\[\]<>():]", text) or not 2 <= len(text.split()) <= 45 or not path.exists():
                continue
            sound = spoken(samples(path))
            # A text that takes no time, or far too much, is not what was recorded.
            if sound is not None and 7 < len(text) / (len(sound) / RATE) < 28:
                found.append((text, sound / np.sqrt((sound**2).mean()) * 0.1))
    return found


def babble(length, known, chance):
    """Eight people at once, backwards, so that nobody can be understood."""
    noise = np.zeros(length, np.float32)
    everything = [sound for rows in known.values() for _, sound in rows]
    for _ in range(8):
        place = 0
        while place < length:
            sound = chance.choice(everything)[::-1][: length - place]
            noise[place:place + len(sound)] += sound
            place += len(sound)
    return noise / noise.std()


def music(length, chance):
    """Chords of three notes with overtones that die away."""
    sound = np.zeros(length, np.float32)
    place = 0
    while place < length:
        count = min(length - place, int(chance.choice([0.25, 0.5, 1.0]) * RATE))
        time = np.arange(count) / RATE
        root = 220 * 2 ** (chance.randrange(24) / 12)
        for interval in (1, 1.26, 1.5):
            for overtone, weight in ((1, 1), (2, 0.5), (3, 0.3)):
                sound[place:place + count] += weight * np.sin(2 * np.pi * root * interval * overtone * time) * np.exp(-2 * time)
        place += count
    return sound / sound.std()


def reverberated(sound, seed):
    """A room that takes half a second to fall silent."""
    noise = np.random.default_rng(seed).standard_normal(RATE // 2).astype(np.float32)
    room = noise * np.exp(-np.arange(RATE // 2) / RATE * 6.9 / 0.5)
    room *= 0.25 / np.sqrt((room**2).sum())
    room[0] = 1
    size = 1 << (len(sound) + len(room)).bit_length()
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(room, size), size)[: len(sound)].astype(np.float32)


def joined(minutes, known, seed, noise=15, reverberation=False, offset=3.0, drift=0.1, jumps=2):
    """The sound, its rows in order, the phrases that no row has, and where times jump."""
    chance = random.Random(seed)
    length = minutes * 60 * RATE
    sound = np.zeros(length, np.float32)
    rows, place, languages = [], RATE, list(known)
    while True:
        language = languages[min(len(languages) - 1, place * len(languages) // length)]
        text, phrase = chance.choice(known[language])
        if place + len(phrase) > length - RATE:
            break
        sound[place:place + len(phrase)] += phrase * 10 ** (chance.uniform(-3, 3) / 20)
        rows.append({"text": text, "language": language, "start": place / RATE, "end": (place + len(phrase)) / RATE})
        place += len(phrase)
        if chance.random() < 0.05:
            place -= int(min(0.4 * len(phrase), chance.uniform(0.3, 1.2) * RATE))
        else:
            place += int(RATE * np.exp(chance.uniform(np.log(0.05), np.log(5))))
    if reverberation:
        sound = reverberated(sound, seed)
    disturbance = babble(length, known, chance) + 0.7 * music(length, chance)
    sound += disturbance / disturbance.std() * 0.1 * 10 ** (-noise / 20)
    sound *= 0.5 / np.percentile(np.abs(sound), 99.9)
    places = sorted(chance.uniform(0.2, 0.8) * minutes * 60 for _ in range(jumps))

    def stated(time):
        return round(offset + (1 + drift) * time + 20 * sum(time >= jump for jump in places))

    said, missing = [], []
    for row in rows:
        row["stated"] = stated(row["start"])
        (missing if chance.random() < 0.05 else said).append(row)
        if chance.random() < 0.02:
            text, _ = chance.choice(known[row["language"]])
            said.append({"text": text, "start": None, "end": None, "stated": stated(row["end"] + 0.2)})
    return sound, said, missing, places


def written(folder, sound, rows):
    with wave.open(str(folder / "talk.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype(np.int16).tobytes())
    times = [{"row": number, "startMS": row["stated"] * 1000, "endMS": None, "endIsEstimate": True, "voice": 1, "text": row["text"]}
             for number, row in enumerate(rows)]
    run_facts = {"id": "r1", "startedAt": "2026-01-01T00:00:00Z", "tool": "benchmark", "backend": "import", "model": "joined",
                 "prompt": "", "promptDigest": "", "schema": "", "encoding": "json"}
    (folder / "talk.json").write_text(json.dumps({
        "schemaVersion": 1, "complete": True, "source": {"uri": "talk.wav", "kind": "file", "stem": "talk"}, "run": run_facts,
        "usage": None, "cost": {"currency": "USD"}, "findings": [], "tables": {}, "speakers": [{"voice": 1}], "segments": times,
        "corrections": []}), "utf-8")


def told(program, folder, *arguments):
    """What a command printed as JSON, its seconds and its greatest MiB; findings end it with code 3."""
    with open(folder / "out.json", "wb") as output:
        seconds, mebibytes, _ = run([program, *arguments, "--json"], cwd=folder, output=output, codes=(0, 3))
    return json.loads((folder / "out.json").read_text("utf-8")), f"{seconds:.1f} s, {mebibytes:.0f} MiB"


def touches(stretch, phrase):
    return stretch["startMS"] < phrase["end"] * 1000 and stretch["endMS"] > phrase["start"] * 1000


def spread(errors):
    errors = np.abs(errors)
    return f"median {np.median(errors):.3f}, 90 % within {np.percentile(errors, 90):.3f}, {np.mean(errors > 1):.1%} over 1"


def prepared(folder, minutes, seed, case):
    known = {language: phrases(language) for language in VOICES}
    sound, *truth = joined(minutes, known, seed, **case)
    written(folder, sound, truth[0])
    (folder / "truth.json").write_text(json.dumps(truth), "utf-8")


def measured(name, program, folder, minutes, seed, plot, options=(), **case):
    # In a process of its own: what this one holds would count as the memory of the commands it starts.
    maker = multiprocessing.Process(target=prepared, args=(folder, minutes, seed, case))
    maker.start()
    maker.join()
    rows, missing, places = json.loads((folder / "truth.json").read_text("utf-8"))
    real = [number for number, row in enumerate(rows) if row["start"] is not None]
    invented = set(range(len(rows))) - set(real)
    before = np.array([rows[number]["stated"] - rows[number]["start"] for number in real])
    print(f"{name}: {minutes} min, {len(rows)} rows, {len(missing)} missing, {len(invented)} invented")
    print(f"  stated      {spread(before)}")
    check, cost = told(program, folder, "check-time", "talk.json")
    long = [phrase for phrase in missing if phrase["end"] - phrase["start"] > 3]
    found = sum(any(touches(stretch, phrase) for stretch in check["untranscribed"]) for phrase in long)
    false = sum(not any(touches(stretch, phrase) for phrase in missing) for stretch in check["untranscribed"])
    steps = [round(one["offset"] - other["offset"], 2) for one, other in zip(check["pieces"], check["pieces"][1:])]
    print(f"  check-time  {cost}; drift {check['drift']:.4f}; jumps {steps} of {len(places)}; "
          f"{found} of {len(long)} missing found, {false} false")
    align, cost = told(program, folder, "align", "talk.json", "--apply", *options)
    times = {row["row"]: row for row in align["rows"]}
    after = np.array([times[number]["startMS"] / 1000 - rows[number]["start"] for number in real])
    ends = np.array([times[number]["endMS"] / 1000 - rows[number]["end"] for number in real])
    marked = sum(times[number]["confidence"] == 0 for number in invented)
    lost = sum(times[number]["confidence"] == 0 for number in real)
    print(f"  align       {cost}; starts {spread(after)}")
    print(f"              ends {spread(ends)}; {lost} rows not found, {marked} of {len(invented)} invented marked", flush=True)
    check, _ = told(program, folder, "check-time", "talk.json")
    found = sum(any(touches(stretch, phrase) for stretch in check["untranscribed"]) for phrase in long)
    false = sum(not any(touches(stretch, phrase) for phrase in missing) for stretch in check["untranscribed"])
    print(f"  then        {found} of {len(long)} missing found, {false} false", flush=True)
    if plot:
        drawn(Path(plot), [rows[number]["start"] for number in real], before, after)


def drawn(path, moments, before, after):
    """Errors over time, stated above and aligned below."""
    width, height, lines = 900, 260, []
    for top, label, errors in ((20, "stated", before), (20 + height, "aligned", after)):
        scale = max(1.0, float(np.abs(errors).max()))
        points = " ".join(
            f'<circle cx="{60 + (width - 80) * moment / max(moments):.1f}" cy="{top + 110 - 100 * error / scale:.1f}" r="2"/>'
            for moment, error in zip(moments, errors))
        lines.append(f'<text x="4" y="{top + 10}">{label}, ±{scale:.1f} s</text><path d="M60 {top + 110}H{width - 20}" stroke="#999"/><g fill="#1f5fa8">{points}</g>')
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {2 * height}" font-family="sans-serif" font-size="13">'
                    f'<rect width="100%" height="100%" fill="#fff"/>{"".join(lines)}</svg>\n', "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1, help="another one joins other phrases")
    parser.add_argument("--plot")
    parser.add_argument("--case", action="append", choices=CASES)
    arguments = parser.parse_args()
    for name in arguments.case or CASES:
        with tempfile.TemporaryDirectory() as folder:
            measured(name, os.path.abspath(arguments.program), Path(folder), arguments.minutes, arguments.seed, arguments.plot, **CASES[name])


if __name__ == "__main__":
    sys.exit(main())
