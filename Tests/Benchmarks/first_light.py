"""Start to finished report, upload and start-up, beside the usual Python stack and curl.

usage: first_light.py TABSCRIBE [--upload-mib 1024]
"""

import argparse
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request

from measure import median, run

HERE = pathlib.Path(__file__).parent
SAMPLE = HERE.parent.parent / "Sources/SampleVideo/sample.webm"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


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


def compare_transcribing(tabscribe: str, base: str, folder: str) -> None:
    env = {"GEMINI_API_KEY": "benchmark", "GOOGLE_GEMINI_BASE_URL": base}
    page = os.path.join(folder, "peer.html")
    peer = median([sys.executable, str(HERE / "peer_transcribe.py"), base, VIDEO, page], 5)
    ours = median(
        [tabscribe, "transcribe", VIDEO, "--duration", "60", "-o", folder, "--force"], 20, env
    )
    print("13 rows, start to finished HTML, wall s (median) and peak MiB (greatest)")
    print(f"  google-genai + pydantic + pandas {peer[0]:8.3f} s {peer[1]:7.1f} MiB")
    print(f"  tabscribe                        {ours[0]:8.3f} s {ours[1]:7.1f} MiB")
    print(f"  ratio                            {peer[0] / ours[0]:8.1f}")


def forget_uploads(store: pathlib.Path) -> None:
    if store.exists():
        with sqlite3.connect(store) as connection:
            connection.execute("DELETE FROM uploads")


def compare_upload(tabscribe: str, base: str, folder: str, mib: int) -> None:
    video = os.path.join(folder, "big.webm")
    with open(video, "wb") as file:
        file.write(SAMPLE.read_bytes())
        file.truncate(mib << 20)
    # Without a path to ffprobe: the system counts a child's peak memory as its parent's.
    env = {"GEMINI_API_KEY": "benchmark", "GOOGLE_GEMINI_BASE_URL": base, "PATH": folder}
    headers = ["-H", "X-Goog-Upload-Command: upload, finalize", "-H", "X-Goog-Upload-Offset: 0"]
    store = pathlib.Path(folder, "data/tabscribe.db")
    upload = [tabscribe, "files", "upload", video]
    transcribe = [tabscribe, "transcribe", video, "-o", folder, "--force"]
    peers, alone, ours = [], [], []
    for _ in range(3):
        address = start_upload(base, mib << 20)
        command = ["curl", "-sf", "-X", "POST", "-T", video, "-H", "Expect:", *headers, address]
        peers.append(run(command))
        for command, runs in ((upload, alone), (transcribe, ours)):
            forget_uploads(store)
            runs.append(run(command, env))
    again = run(transcribe, env)
    peer = sorted(peers)[1]
    print(f"{mib} MiB uploaded, median of 3")
    rows = [("curl -T", peer), ("files upload", sorted(alone)[1])]
    rows += [("transcribe, with report", sorted(ours)[1]), ("the same again, nothing sent", again)]
    for name, (seconds, peak) in rows:
        print(f"  {name:29}{seconds:7.3f} s {peak:7.1f} MiB {seconds / peer[0]:6.2f} times curl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tabscribe")
    parser.add_argument("--upload-mib", type=int, default=1024)
    options = parser.parse_args()
    seconds, mib = median([options.tabscribe, "--version"], 50)
    print(f"tabscribe --version {seconds * 1000:.1f} ms, {mib:.1f} MiB (median of 50)")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TABSCRIBE_HOME"] = folder
        emulator = subprocess.Popen(
            [options.tabscribe, "emulate", "--rows", "13"], stdout=subprocess.PIPE, text=True
        )
        try:
            base = emulator.stdout.readline().strip()
            compare_transcribing(options.tabscribe, base, folder)
            compare_upload(options.tabscribe, base, folder, options.upload_mib)
        finally:
            emulator.terminate()
            emulator.wait()


if __name__ == "__main__":
    main()
