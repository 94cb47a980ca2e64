"""Requests per second, and the processor time of a long stream, beside google-genai in the same run.

usage: wire_peers.py BENCHMARKS [--requests 2000] [--at-once 64]

BENCHMARKS is TabscribeBenchmarks of a release build. Both sides talk to the same few lines of Python in a
process of their own, which send bytes made before: what an emulator takes to think is nobody's cost.
"""

import argparse
import asyncio
import json
import multiprocessing
import re
import resource
import socket
import subprocess
import sys
import time

EVENTS = 8688
TEXT = "the gauge was read at six and the water stood four centimetres above the mark "


def stream_body() -> bytes:
    """5 MB of small events: 199 characters of text, with the ratings and counts of recorded streams."""
    ratings = [
        {"category": f"HARM_CATEGORY_{kind}", "probability": "NEGLIGIBLE"}
        for kind in ("SEXUALLY_EXPLICIT", "HATE_SPEECH", "HARASSMENT", "DANGEROUS_CONTENT")
    ]
    frames = []
    for number in range(EVENTS):
        candidate = {
            "content": {"role": "model", "parts": [{"text": (TEXT * 3)[:199]}]},
            "index": 0,
            "safetyRatings": ratings,
        }
        if number == EVENTS - 1:
            candidate["finishReason"] = "STOP"
        chunk = {
            "candidates": [candidate],
            "usageMetadata": {"promptTokenCount": 19206, "totalTokenCount": 19206 + number * 50},
        }
        text = json.dumps(chunk, separators=(",", ":"))
        frames.append(f"data: {text}\r\n\r\n")
    return "".join(frames).encode()


def answer_body() -> bytes:
    """An answer of 13 rows and 4 speakers, as JSON in the text of one part."""
    rows = [{"start": f"{n // 2:02}:{n % 2 * 30:02}", "text": TEXT, "voice": n % 4 + 1} for n in range(13)]
    speakers = [
        {"voice": n, "name": f"Ada {n}", "company": "?", "position": "?", "role": "host"}
        for n in range(1, 5)
    ]
    tables = json.dumps({"task1_transcripts": rows, "task2_speakers": speakers})
    reply = {
        "candidates": [
            {"content": {"role": "model", "parts": [{"text": tables}]}, "finishReason": "STOP"}
        ],
        "usageMetadata": {"promptTokenCount": 19206, "candidatesTokenCount": 400, "totalTokenCount": 19606},
        "modelVersion": "gemini-3.5-flash-lite",
        "responseId": "ZmFrZS1yZXNwb25zZS1pZA",
    }
    return json.dumps(reply).encode()


class CannedReplies(asyncio.Protocol):
    """Answers every request with bytes made before, and keeps the connection."""

    stream = answer = b""

    def connection_made(self, transport):
        self.transport = transport
        self.buffer = b""

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            length = re.search(rb"content-length: *(\d+)", self.buffer[:end], re.IGNORECASE)
            end += 4 + (int(length[1]) if length else 0)
            if len(self.buffer) < end:
                return
            is_stream = b":streamGenerateContent" in self.buffer[: self.buffer.find(b"\r\n")]
            self.buffer = self.buffer[end:]
            self.transport.write(self.stream if is_stream else self.answer)


def framed(body: bytes, kind: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def serve(listener: socket.socket) -> None:
    CannedReplies.stream = framed(stream_body(), "text/event-stream")
    CannedReplies.answer = framed(answer_body(), "application/json; charset=UTF-8")

    async def forever():
        server = await asyncio.get_running_loop().create_server(CannedReplies, sock=listener)
        await server.serve_forever()

    asyncio.run(forever())


def genai_client(base: str):
    from google import genai
    from google.genai import types

    options = types.HttpOptions(base_url=base, api_version="v1beta")
    return genai.Client(api_key="benchmark", http_options=options)


def peer_stream(base: str) -> None:
    client = genai_client(base)
    began = time.process_time()
    events = characters = 0
    for chunk in client.models.generate_content_stream(model="gemini-3.5-flash-lite", contents="?"):
        events += 1
        characters += len(chunk.text or "")
    print(f"events {events} bytes_of_text {characters}\ncpu_s {time.process_time() - began:.4f}")


async def peer_requests(base: str, count: int, at_once: int) -> None:
    from google.genai import types
    from peer_transcribe import VideoTranscription

    client = genai_client(base)
    gate = asyncio.Semaphore(at_once)
    config = types.GenerateContentConfig(
        response_mime_type="application/json", response_schema=VideoTranscription
    )
    video = types.Part(
        file_data=types.FileData(file_uri="https://media.example/talk.mp4", mime_type="video/mp4")
    )

    async def ask(number: int) -> int:
        async with gate:
            reply = await client.aio.models.generate_content(
                model="gemini-3.5-flash-lite",
                contents=[video, f"Transcribe, take {number}."],
                config=config,
            )
        return len(reply.parsed.task1_transcripts)

    began = time.perf_counter()
    rows = sum(await asyncio.gather(*map(ask, range(count))))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"requests {count} at_once {at_once} rows {rows}")
    print(f"req_per_s {count / seconds:.0f} wall_s {seconds:.3f} peak_mib {peak:.1f}")


def figure(text: str, name: str) -> float:
    return float(re.search(rf"{name} ([\d.]+)", text)[1])


def middle(command: list[str], times: int, name: str) -> tuple[float, str]:
    """The run whose figure is the median, and what it printed."""
    outputs = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(times)
    ]
    outputs.sort(key=lambda text: figure(text, name))
    text = outputs[times // 2]
    return figure(text, name), text.replace("\n", " ")


def compare_stream(benchmarks: str, base: str) -> None:
    print(f"stream of {len(stream_body())} bytes in {EVENTS} events, median of 5 (3 for the peer)")
    peer, text = middle([sys.executable, __file__, "peer-stream", base], 3, "cpu_s")
    print(f"google-genai: {text}")
    ours, text = middle([benchmarks, "wire", "stream", base], 5, "cpu_s")
    print(f"tabscribe:    {text}")
    print(f"ratio {peer / ours:.1f} (less processor time)")


def compare_requests(benchmarks: str, base: str, count: int, at_once: int) -> None:
    numbers = [str(count), str(at_once)]
    print("answers of 13 rows, each decoded to tables, median of 5 (1 for the peer)")
    peer, text = middle([sys.executable, __file__, "peer-requests", base, *numbers], 1, "req_per_s")
    print(f"google-genai: {text}")
    ours, text = middle([benchmarks, "wire", "requests", base, *numbers], 5, "req_per_s")
    print(f"tabscribe:    {text}")
    print(f"ratio {ours / peer:.1f} (requests per second)")


def main() -> None:
    if sys.argv[1:2] == ["peer-stream"]:
        return peer_stream(sys.argv[2])
    if sys.argv[1:2] == ["peer-requests"]:
        return asyncio.run(peer_requests(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("benchmarks")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=64)
    options = parser.parse_args()
    listener = socket.create_server(("127.0.0.1", 0))
    server = multiprocessing.Process(target=serve, args=(listener,), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    compare_stream(options.benchmarks, base)
    compare_requests(options.benchmarks, base, options.requests, options.at_once)
    server.terminate()


if __name__ == "__main__":
    main()
