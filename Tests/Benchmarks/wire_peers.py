"""Requests per second, and the processor time of a long stream, beside google-genai in the same run.

usage: wire_peers.py TABSCRIBE BENCHMARKS [--requests 2000] [--at-once 64]

TABSCRIBE emulates the service in a process of its own; BENCHMARKS is TabscribeBenchmarks. The stream
comes from a few lines of Python that send bytes made before, so that its own cost is nobody's.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import time

EVENTS = 8688
TEXT = "the gauge was read at six and the water stood four centimetres above the mark "


def stream_body() -> bytes:
    """5 MB of small events, each with 199 characters of text and the usual members around it."""
    usage = {
        "promptTokenCount": 19206,
        "candidatesTokenCount": 0,
        "totalTokenCount": 0,
        "promptTokensDetails": [
            {"modality": "VIDEO", "tokenCount": 17706},
            {"modality": "AUDIO", "tokenCount": 1500},
        ],
    }
    frames = []
    for number in range(EVENTS):
        usage["candidatesTokenCount"] = number * 50
        usage["totalTokenCount"] = 19206 + number * 50
        candidate = {"content": {"role": "model", "parts": [{"text": (TEXT * 3)[:199]}]}, "index": 0}
        if number == EVENTS - 1:
            candidate["finishReason"] = "STOP"
        chunk = {
            "candidates": [candidate],
            "usageMetadata": usage,
            "modelVersion": "gemini-3.5-flash-lite",
            "responseId": "ZmFrZS1yZXNwb25zZS1pZA",
        }
        frames.append(f"data: {json.dumps(chunk)}\r\n\r\n")
    return "".join(frames).encode()


def serve(listener: socket.socket, body: bytes) -> None:
    """Answers every request with the same stream."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n".encode()
    while True:
        connection, _ = listener.accept()
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                request += connection.recv(65536)
            length = re.search(rb"content-length: (\d+)", request, re.IGNORECASE)
            missing = int(length[1]) - len(request.split(b"\r\n\r\n", 1)[1]) if length else 0
            while missing > 0:
                missing -= len(connection.recv(65536))
            try:
                connection.sendall(head + body)
            except OSError:
                pass


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


def best(command: list[str], times: int, name: str, smallest: bool) -> tuple[float, str]:
    outputs = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(times)
    ]
    outputs.sort(key=lambda text: figure(text, name), reverse=not smallest)
    middle = outputs[len(outputs) // 2]
    return figure(middle, name), middle


def compare_stream(benchmarks: str) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    body = stream_body()
    server = multiprocessing.Process(target=serve, args=(listener, body), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    print(f"stream of {len(body)} bytes in {EVENTS} events, median of 5 (3 for the peer)")
    peer, text = best([sys.executable, __file__, "peer-stream", base], 3, "cpu_s", True)
    print(f"google-genai: {text}".replace("\n", " "))
    ours, text = best([benchmarks, "wire", "stream", base], 5, "cpu_s", True)
    print(f"tabscribe:    {text}".replace("\n", " "))
    print(f"ratio {peer / ours:.1f} (less processor time)")
    server.terminate()


def compare_requests(tabscribe: str, benchmarks: str, count: int, at_once: int) -> None:
    emulator = subprocess.Popen(
        [tabscribe, "emulate", "--rows", "13"], stdout=subprocess.PIPE, text=True
    )
    try:
        base = emulator.stdout.readline().strip()
        numbers = [str(count), str(at_once)]
        peer, text = best([sys.executable, __file__, "peer-requests", base, *numbers], 1, "req_per_s", False)
        print(f"google-genai: {text}".replace("\n", " "))
        ours, text = best([benchmarks, "wire", "requests", base, *numbers], 5, "req_per_s", False)
        print(f"tabscribe:    {text}".replace("\n", " "))
        print(f"ratio {ours / peer:.1f} (requests per second)")
    finally:
        emulator.terminate()
        emulator.wait()


def main() -> None:
    if sys.argv[1:2] == ["peer-stream"]:
        return peer_stream(sys.argv[2])
    if sys.argv[1:2] == ["peer-requests"]:
        return asyncio.run(peer_requests(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tabscribe")
    parser.add_argument("benchmarks")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=64)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TABSCRIBE_HOME"] = folder
        compare_stream(options.benchmarks)
        compare_requests(options.tabscribe, options.benchmarks, options.requests, options.at_once)


if __name__ == "__main__":
    main()
