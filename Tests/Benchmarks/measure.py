"""Runs commands and reports wall time, peak memory and what they wrote."""

import os
import statistics
import subprocess
import time
from typing import NamedTuple


class Run(NamedTuple):
    """Wall seconds, peak memory in MiB, and bytes handed to the disk."""

    seconds: float
    memory: float
    written: int


def run(command: list[str], env: dict[str, str] | None = None, cwd=None, output=None, codes=(0,)) -> Run:
    """One run of a command; one that ends with another code ends the benchmark."""
    began = time.perf_counter()
    child = subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdout=output or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in codes:
        raise SystemExit(f"{command} ended with {child.returncode}:\n{errors.decode()}")
    # The system counts in blocks of 512 bytes (getrusage(2)).
    return Run(seconds, usage.ru_maxrss / 1024, usage.ru_oublock * 512)


def median(command: list[str], times: int, env: dict[str, str] | None = None):
    """Median wall seconds and greatest peak MiB of several runs."""
    runs = [run(command, env) for _ in range(times)]
    return statistics.median(r.seconds for r in runs), max(r.memory for r in runs)
