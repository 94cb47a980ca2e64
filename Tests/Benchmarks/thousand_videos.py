#!/usr/bin/env python3
"""Transcribes 1,000 videos of 100 rows against the emulator without latency.

usage: thousand_videos.py TABSCRIBE [VIDEOS]

Prints counts that do not vary, then time and peak memory.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time


def main():
    program = os.path.abspath(sys.argv[1])
    videos = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    folder = tempfile.mkdtemp(prefix="tabscribe-many-")
    with open(f"{folder}/videos.csv", "w") as file:
        file.write("source,duration\n")
        for number in range(videos):
            file.write(f"https://example.org/{number:04}.mp4,10:00\n")
    emulator = subprocess.Popen(
        [program, "emulate", "--rows", "100"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        environment = {
            "HOME": folder, "PATH": os.environ["PATH"], "GEMINI_API_KEY": "k",
            "GOOGLE_GEMINI_BASE_URL": emulator.stdout.readline().decode().strip(),
        }
        command = [program, "transcribe", "videos.csv", "-j", "16", "--quiet", "-o", "out"]
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        rows = 0
        for number in range(videos):
            with open(f"{folder}/out/{number:04}.json") as file:
                document = json.load(file)
            assert document["complete"]
            rows += len(document["segments"])
        print(
            f"{videos} videos, {rows} rows, exit code {os.waitstatus_to_exitcode(status)}; "
            f"{seconds:.1f} s, {usage.ru_maxrss / 1024:.0f} MiB, "
            f"{usage.ru_utime + usage.ru_stime:.1f} s of CPU"
        )
    finally:
        emulator.terminate()
        shutil.rmtree(folder)


main()
