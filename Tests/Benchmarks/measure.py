"""Runs commands and reports wall time and peak memory, median of several runs."""

import os
import statistics
import subprocess
import time


def run(command: list[str], env: dict[str, str] | None = None, cwd=None, output=None, codes=(0,)) -> tuple[float, float]:
    """Wall seconds and peak MiB of one run; one that ends with another code ends the benchmark."""
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
    return seconds, usage.ru_maxrss / 1024


def median(command: list[str], times: int, env: dict[str, str] | None = None):
    """Median wall seconds and greatest peak MiB of several runs."""
    runs = [run(command, env) for _ in range(times)]
    return statistics.median(r[0] for r in runs), max(r[1] for r in runs)
