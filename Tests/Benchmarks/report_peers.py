#!/usr/bin/env python3
"""The rows of `TabscribeBenchmarks report` to one page by pandas Styler, with a colour for each speaker.

usage: report_peers.py [ROWS]      60000 rows when not given; needs pandas and jinja2 from PyPI
"""
import resource, sys, time

import pandas

rows = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
clause = "the gauge was read at six & the water stood <four> centimetres above the mark"
voices = [row // 3 % 40 + 1 for row in range(rows)]
frame = pandas.DataFrame({
    "start": [f"{row * 3 // 3600}:{row * 3 // 60 % 60:02}:{row * 3 % 60:02}" for row in range(rows)],
    "speaker": [f"Speaker Number {voice}" if voice % 4 else f"[voice {voice}]" for voice in voices],
    "text": [f"Row {row}: {clause}, and nobody wrote it down" + " again" * (row % 7) for row in range(rows)],
    "voice": voices,
})


def colours(row):
    return [f"color: hsl({row['voice'] * 137 % 360} 60% 40%)"] * len(row)


start = time.perf_counter()
page = frame.style.apply(colours, axis=1).format(escape="html").to_html()
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"styler rows {rows} bytes {len(page.encode())} ms {seconds * 1000:.0f} peak_kib {peak}")
