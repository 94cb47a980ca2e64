#!/usr/bin/env python3
"""Whole commands beside the usual Python stack and curl, in one sitting, as a Markdown table.

usage: whole.py TABSCRIBE [--rounds N] [--videos N] [--upload-mib N] [--small | --formats]

Each command runs once to warm up and then N times (5), in turns with its peer; the table has medians, the
greatest peak memory and the ratio of the medians. Counts that do not vary stand first. --small takes sizes that
are done in seconds and prints the counts alone: requests, rows and bytes written. --formats measures captions,
workbooks and imports alone: TabscribeBenchmarks beside TABSCRIBE against pysubs2 and webvtt-py, then commands.
"""

import argparse
import http.server
import json
import multiprocessing
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import urllib.request

from measure import run

HERE = pathlib.Path(__file__).parent
SAMPLE = HERE.parent.parent / "Sources/SampleVideo/sample.webm"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
ROWS_A_SECOND = 16
# What the store keeps it writes twice, into its log and from there: reply and result, the rows and their index,
# which take about as much as these, and pages of a reply that grew with its next piece.
WRITES = 2 * 3
# The tables of a new store.
STORE = 1 << 20
CLAUSE = "the gauge was read at six and the water stood four centimetres above the mark"


class Service:
    """Answers every request with the same rows, as a stream of events of about a size.

    In a process of its own: the system counts what this one holds as memory of the commands it starts.
    """

    def __init__(self, rows: int, event: int):
        context = multiprocessing.get_context("spawn")
        self.count = context.Value("i", 0)
        mine, its = context.Pipe()
        self.process = context.Process(target=serve, args=(rows, event, self.count, its), daemon=True)
        self.process.start()
        self.address, self.size = mine.recv()

    @property
    def requests(self) -> int:
        return self.count.value

    def shutdown(self) -> None:
        self.process.terminate()
        self.process.join()


def serve(rows: int, event: int, count, pipe) -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    server.count = count
    server.body = b"".join(events(answer(rows), event))
    pipe.send((f"http://127.0.0.1:{server.server_port}", len(server.body)))
    server.serve_forever()


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        with self.server.count.get_lock():
            self.server.count.value += 1
        body = self.server.body
        if "alt=sse" not in self.path:
            body = whole(body)
        self.send_response(200)
        kind = "text/event-stream" if "alt=sse" in self.path else "application/json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def answer(rows: int) -> str:
    """The reply: rows whose texts differ, forty voices."""
    transcripts = []
    for row in range(rows):
        second = row // ROWS_A_SECOND
        transcripts.append({
            "start": f"{second // 3600}:{second // 60 % 60:02}:{second % 60:02}",
            "text": f"Row {row}: {CLAUSE}, and nobody wrote it down" + " again" * (row % 7),
            "voice": row // 3 % 40 + 1,
        })
    speakers = [
        {"voice": voice, "name": f"Speaker Number {voice}", "company": "?", "position": "?", "role": "?"}
        for voice in range(1, min(40, rows) + 1)
    ]
    return json.dumps({"task1_transcripts": transcripts, "task2_speakers": speakers})


def events(text: str, size: int):
    """The reply as events of a stream, the last with the end."""
    usage = {"promptTokenCount": 1000, "candidatesTokenCount": len(text) // 4}
    usage["totalTokenCount"] = 1000 + len(text) // 4
    for start in range(0, len(text), size):
        candidate = {"content": {"parts": [{"text": text[start:start + size]}], "role": "model"}, "index": 0}
        if start + size >= len(text):
            candidate["finishReason"] = "STOP"
        event = {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "canned", "responseId": "r"}
        yield b"data: " + json.dumps(event).encode() + b"\r\n\r\n"


def whole(stream: bytes) -> bytes:
    """The answer as one object, for callers that do not stream."""
    parts = [json.loads(event[6:]) for event in stream.split(b"\r\n\r\n") if event]
    text = "".join(part["candidates"][0]["content"]["parts"][0]["text"] for part in parts)
    parts[-1]["candidates"][0]["content"]["parts"] = [{"text": text}]
    return json.dumps(parts[-1]).encode()


class Table:
    """What was measured, a line each."""

    def __init__(self, rounds: int):
        self.rounds = rounds
        self.lines: list[str] = []

    def add(self, work: str, ours, peer=None, peer_name: str = ""):
        """Measures a command, in turns with its peer; both are functions that run it once."""
        mine, others = [], []
        ours()
        if peer:
            peer()
        for _ in range(self.rounds):
            mine.append(ours())
            if peer:
                others.append(peer())
        line = f"| {work} | {middle(mine):.3f} s | {peak(mine):.0f} MiB |"
        if peer:
            line += f" {peer_name} {middle(others):.3f} s, {peak(others):.0f} MiB |"
            line += f" {middle(others) / middle(mine):.1f} |"
        else:
            line += " | |"
        self.lines.append(line)
        print(line, flush=True)


def middle(runs) -> float:
    return statistics.median(run.seconds for run in runs)


def peak(runs) -> float:
    return max(run.memory for run in runs)


class Bench:
    def __init__(self, options, folder: str):
        self.tabscribe = os.path.abspath(options.tabscribe)
        self.folder = folder
        self.options = options
        self.table = Table(options.rounds)
        self.counts: list[str] = []

    def environment(self, base: str) -> dict[str, str]:
        return {
            "GEMINI_API_KEY": "benchmark",
            "GOOGLE_GEMINI_BASE_URL": base,
            "TABSCRIBE_HOME": os.path.join(self.folder, "home"),
        }

    def transcribe(self, rows: int, event: int = 4000):
        """One video, one reply, to JSON and HTML."""
        service = Service(rows, event)
        seconds = max(60, rows // ROWS_A_SECOND + 60)
        out = os.path.join(self.folder, f"out-{rows}-{event}")
        command = [
            self.tabscribe, "transcribe", VIDEO, "--duration", str(seconds), "-o", out, "--force", "--quiet",
        ]
        page = os.path.join(self.folder, "peer.html")
        peer = [sys.executable, str(HERE / "peer_transcribe.py"), service.address, VIDEO, page]
        written = run(command, self.environment(service.address)).written
        files = sorted(pathlib.Path(out).iterdir())
        read = files[1].read_bytes().count(b'{"row":')
        assert service.requests == 1, f"{service.requests} requests instead of 1"
        assert read == rows, f"{read} rows instead of {rows}"
        size = sum(file.stat().st_size for file in files)
        most = size + WRITES * (len(answer(rows)) + files[1].stat().st_size) + STORE
        assert written <= most, f"{written} bytes written, {most} at most"
        self.counts.append(
            f"{rows} rows in events of {event} bytes: {service.requests} request, "
            f"{read} rows read, {size} bytes of results, {written} written"
        )
        if not self.options.small:
            self.table.add(
                f"one video, {rows:,} rows, {service.size >> 20} MiB of events",
                lambda: run(command, self.environment(service.address)),
                lambda: run(peer),
                "google-genai, pydantic, pandas",
            )
        service.shutdown()
        return files[1]

    def convert(self, document: pathlib.Path, rows: int):
        """From STEM.json to captions, page and the same again."""
        out = os.path.join(self.folder, "converted")
        captions = os.path.join(out, document.stem + ".srt")
        peer = "import sys, pysubs2\nfile = pysubs2.load(sys.argv[1])\nfile.save(sys.argv[1] + '.again.srt')"

        def ours(*words: str):
            return lambda: run([self.tabscribe, *words, "-o", out, "--force", "--quiet"], self.environment(""))

        lines = [
            ("srt", ours("export", str(document), "-f", "srt")),
            ("json", ours("export", str(document), "-f", "json")),
            ("the report", ours("report", str(document))),
        ]
        # The peer reads the captions.
        lines[0][1]()
        for name, command in lines:
            pair = (lambda: run([sys.executable, "-c", peer, captions]), "pysubs2") if name == "srt" else (None, "")
            self.table.add(f"{rows:,} rows from STEM.json to {name}", command, *pair)

    def formats(self, rows: int):
        """Captions written and read without a process around them, beside the peers."""
        ours = os.path.join(os.path.dirname(self.tabscribe), "TabscribeBenchmarks")
        mine = results([ours, "formats", str(rows)], "best_ms", name=0)
        others = results([sys.executable, str(HERE / "formats_peers.py"), str(rows)], "ms", name=1)
        print(f"| {rows:,} rows | tabscribe | as peers | peer | times |\n| --- | --- | --- | --- | --- |")
        for work, peer in [("srt", "pysubs2"), ("vtt", "webvtt-py"), ("read-srt", "pysubs2"), ("read-vtt", "webvtt-py")]:
            theirs = others[f"{peer} {work}"]
            plain = mine.get(f"{work}-as-peers")
            print(f"| {work} | {mine[work]:.1f} ms | {f'{plain:.1f} ms' if plain else ''} | {peer} {theirs:.0f} ms "
                  f"| {theirs / mine[work]:.1f} |")
        rest = {name: ms for name, ms in mine.items() if name not in ("srt", "vtt") and "-" not in name}
        print("\n" + ", ".join(f"{name} {ms:.0f} ms" for name, ms in rest.items()) + "\n")

    def imports(self, turns: int):
        """A mission of 143 hours as spaceflight transcripts have it, to the library, to a report and to captions."""
        text = os.path.join(self.folder, "mission.txt")
        with open(text, "w") as file:
            for turn in range(turns):
                second = turn * 143 * 3600 // turns
                clock = [second // 86400, second // 3600 % 24, second // 60 % 60, second % 60]
                file.write("[" + ":".join(f"{part:02}" for part in clock) + "]\n")
                file.write(f"{('CDR', 'CC', 'CMP', 'LMP')[turn % 4]}: Turn {turn}, {CLAUSE}.\n\n")
        environment = self.environment("")
        home = environment["TABSCRIBE_HOME"]
        out = os.path.join(self.folder, "mission")

        def ours(*words: str):
            return lambda: run([self.tabscribe, *words, "--force", "--quiet"], {**environment, "TABSCRIBE_HOME": home})

        lines = [
            ("to the library", ours("import", text)),
            ("from the library to JSON", ours("runs", "export", "last", "-o", out)),
        ]
        for _, command in lines:
            command()
        document = os.path.join(out, "mission.json")
        found = len(json.loads(pathlib.Path(document).read_bytes())["segments"])
        assert found == turns, f"{found} turns instead of {turns}"
        self.counts.append(f"a mission of {turns} turns: {found} rows")
        lines += [
            ("to report and WebVTT", ours("export", document, "-f", "html,vtt", "-o", out)),
        ]
        for name, command in lines:
            self.table.add(f"143 hours, {turns:,} turns, {name}", command)

    def workbook(self, document: pathlib.Path, rows: int):
        out = os.path.join(self.folder, "workbook")
        command = [self.tabscribe, "export", str(document), "-f", "xlsx", "-o", out, "--force", "--quiet"]
        self.table.add(f"{rows:,} rows from STEM.json to xlsx", lambda: run(command, self.environment("")))

    def large(self, mib: int):
        """Captions of a size that nobody has, for the memory."""
        captions = os.path.join(self.folder, "large.srt")
        size = 0
        with open(captions, "w") as file:
            number = 0
            while size < mib << 20:
                clock = f"{number // 900:02}:{number // 15 % 60:02}:{number % 15 * 4:02}"
                size += file.write(f"{number + 1}\n{clock},000 --> {clock},900\nVoice {number % 7}: Row {number}: {CLAUSE}.\n\n")
                number += 1
        runs = 0

        def once():
            nonlocal runs
            runs += 1
            home = os.path.join(self.folder, f"large-{runs}")
            return run([self.tabscribe, "import", captions, "--quiet"], {**self.environment(""), "TABSCRIBE_HOME": home})

        self.table.add(f"import of {mib} MiB of SubRip, {number:,} cues", once)

    def many(self, videos: int):
        """Many short videos from a list, 64 at once."""
        sources = os.path.join(self.folder, "videos.csv")
        with open(sources, "w") as file:
            file.write("source,duration\n")
            file.writelines(f"https://example.org/{number:05}.mp4,10:00\n" for number in range(videos))
        emulator = subprocess.Popen(
            [self.tabscribe, "emulate", "--rows", "13"], stdout=subprocess.PIPE, text=True
        )
        runs = 0
        try:
            environment = self.environment(emulator.stdout.readline().strip())

            def once():
                nonlocal runs
                runs += 1
                home = os.path.join(self.folder, f"many-{runs}")
                command = [
                    self.tabscribe, "transcribe", sources, "-j", "64", "--quiet", "-o", os.path.join(home, "out"),
                ]
                return run(command, {**environment, "TABSCRIBE_HOME": home})

            once()
            out = pathlib.Path(self.folder, "many-1/out")
            rows = sum(len(json.loads(path.read_bytes())["segments"]) for path in out.glob("*.json"))
            assert rows == 13 * videos, f"{rows} rows instead of {13 * videos}"
            size = sum(path.stat().st_size for path in out.iterdir())
            self.counts.append(f"{videos} videos: {rows} rows in {len(list(out.iterdir()))} files, {size} bytes written")
            if not self.options.small:
                self.table.add(f"{videos:,} videos of 13 rows, 64 at once", once)
        finally:
            emulator.terminate()
            emulator.wait()

    def upload(self, mib: int):
        """A large file sent to the service, beside curl."""
        video = os.path.join(self.folder, "big.webm")
        with open(video, "wb") as file:
            file.write(SAMPLE.read_bytes())
            file.truncate(mib << 20)
        emulator = subprocess.Popen([self.tabscribe, "emulate"], stdout=subprocess.PIPE, text=True)
        try:
            base = emulator.stdout.readline().strip()
            runs = 0

            def ours():
                nonlocal runs
                runs += 1
                home = os.path.join(self.folder, f"upload-{runs}")
                # Without a path to ffprobe: the system counts a child's peak memory as its parent's.
                environment = {**self.environment(base), "TABSCRIBE_HOME": home, "PATH": self.folder}
                return run([self.tabscribe, "files", "upload", video], environment)

            headers = ["-H", "X-Goog-Upload-Command: upload, finalize", "-H", "X-Goog-Upload-Offset: 0"]

            def peer():
                command = ["curl", "-sf", "-X", "POST", "-T", video, "-H", "Expect:", *headers]
                return run([*command, start_upload(base, mib << 20)])

            self.table.add(f"upload of {mib} MiB", ours, peer, "curl -T")
        finally:
            emulator.terminate()
            emulator.wait()


def results(command: list[str], unit: str, name: int) -> dict[str, float]:
    """What a benchmark prints, one piece of work a line: its first words up to a number, and the milliseconds."""
    found = {}
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        words = line.split()
        found[" ".join(words[:name + 1])] = float(words[words.index(unit) + 1])
    return found


def start_upload(base: str, size: int) -> str:
    """Opens an upload session and returns its address."""
    request = urllib.request.Request(
        f"{base}/upload/v1beta/files",
        data=b'{"file": {}}',
        headers={
            "X-Goog-Upload-Protocol": "resumable",
            "X-Goog-Upload-Command": "start",
            "X-Goog-Upload-Header-Content-Length": str(size),
            "X-Goog-Upload-Header-Content-Type": "video/webm",
            "Content-Type": "application/json",
            "x-goog-api-key": "benchmark",
        },
    )
    with urllib.request.urlopen(request) as reply:
        return reply.headers["x-goog-upload-url"]


def machine() -> str:
    """The processor and how many there are."""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{line.split(':')[1].strip()}, {os.cpu_count()} processors"
    return f"{platform.machine()}, {os.cpu_count()} processors"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tabscribe")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--videos", type=int, default=2000)
    parser.add_argument("--upload-mib", type=int, default=1024)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--formats", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, folder)
        if options.small:
            bench.transcribe(13)
            bench.transcribe(853, event=60)
            bench.many(20)
        elif options.formats:
            print(machine() + "\n")
            bench.formats(60_000)
            document = bench.transcribe(60_000)
            print("\n| work | tabscribe | peak | peer | times |\n| --- | --- | --- | --- | --- |")
            bench.convert(document, 60_000)
            bench.workbook(document, 60_000)
            bench.imports(11_000)
            bench.large(200)
            print()
        else:
            print(f"{machine()}\n\n| work | tabscribe | peak | peer | times |\n| --- | --- | --- | --- | --- |")
            bench.table.add("tabscribe --version", lambda: run([bench.tabscribe, "--version"]))
            bench.transcribe(13)
            bench.transcribe(853)
            document = bench.transcribe(60_000)
            bench.transcribe(30_000, event=60)
            bench.convert(document, 60_000)
            bench.many(options.videos)
            bench.upload(options.upload_mib)
            print()
        print("\n".join(f"- {count}" for count in bench.counts))


if __name__ == "__main__":
    main()
