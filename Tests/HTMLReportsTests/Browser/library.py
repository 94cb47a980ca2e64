"""A library being served: the program with a store of its own, an emulator, and what was transcribed."""
import json, os, pathlib, shutil, signal, socket, subprocess, tempfile, urllib.request

from harness import ROOT, require

PROGRAM = ROOT / ".build" / "debug" / "tabscribe"


NAMES = ("Maya Lindqvist", "Tomas Reed")
SPOKEN = {
    "en": ["On 16 July 1969 a rocket left the pad with three people on board.",
           "In 1969 the way to the Moon took three days and four hours.",
           "The landing of 20 July 1969 was watched by six hundred million people.",
           "Nobody had rehearsed the landing of 1969 with real dust under the legs.",
           "What the crew of 1969 brought home was twenty-one kilograms of rock.",
           "By the end of 1969 there had been a second landing.",
           "Ask anyone who was ten in 1969: they remember the sound of it."],
    "ja": ["1969年7月、月面着陸をめざす三人が地球を離れました。",
           "1969年の着陸の瞬間を、六億人が見ていました。",
           "着陸船の脚が砂に触れたのは1969年7月20日のことです。",
           "1969年の着陸には、燃料が少ししか残っていませんでした。",
           "二度目の着陸も1969年のうちに行われました。",
           "1969年に着陸地点で集めた石は二十一キログラムです。",
           "着陸の音声は1969年のまま残っています。"],
    "ar": ["في يوليو 1969 انطلق الصاروخ وعلى متنه ثلاثة رواد.",
           "هبطت المركبة على سطح القمر في 20 يوليو 1969.",
           "شاهد الملايين الهبوط على القمر عام 1969.",
           "في عام 1969 جمع الرواد واحدا وعشرين كيلوغراما من الصخور.",
           "عاد الرواد إلى الأرض في نهاية يوليو 1969.",
           "كان الهبوط الثاني في نوفمبر 1969.",
           "ما زلنا نسمع أصوات عام 1969 حتى اليوم."],
}


class Library:
    """Started when first asked for; its processes end with it."""
    shared = None
    imported = None

    @classmethod
    def get(cls):
        cls.shared = cls.shared or cls()
        return cls.shared

    @classmethod
    def close(cls):
        for library in (cls.shared, cls.imported):
            if library:
                library.stop()
        cls.shared = cls.imported = None

    @classmethod
    def archive(cls):
        """Another one, of 45 transcripts that were imported, in three scripts and three folders."""
        cls.imported = cls.imported or cls(cls.fill_archive)
        return cls.imported

    def __init__(self, fill=lambda library: library.run("demo", "--output-dir", "demo")):
        require(PROGRAM.exists(), "build the program first: swift build --product tabscribe")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="report-library-"))
        self.processes = []
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TABSCRIBE_HOME": str(self.folder / "home"), "GEMINI_API_KEY": "any"}
        fill(self)
        self.address = self.start("serve")

    def fill_archive(self):
        for folder in ("field", "studio", "hall"):
            (self.folder / folder).mkdir()
        for number in range(1, 16):
            paths = []
            for folder, (language, sentences) in zip(("field", "studio", "hall"), SPOKEN.items()):
                # No two are alike: the times differ.
                cues = [f"00:{number:02}:{10 + 5 * row}.000 --> 00:{number:02}:{14 + 5 * row}.000\n<v {NAMES[row % 2]}>{sentence}\n"
                        for row, sentence in enumerate(sentences)]
                path = self.folder / folder / f"{language}-{number:02}.vtt"
                path.write_text("WEBVTT\n\n" + "\n".join(cues))
                paths.append(str(path))
            self.run("import", *paths)

    def run(self, *arguments, expects=0):
        """What a command prints."""
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=60)
        require(done.returncode == expects, f"{arguments} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def start(self, *arguments):
        """A command that goes on until the end; gives the address it prints first."""
        process = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.processes.append(process)
        return process.stdout.readline().strip()

    def serve_group(self):
        """The library as a proxy serves it to a group; gives its address."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        return self.start("serve", "--port", port, "--site", f"http://127.0.0.1:{port}", "--user-header", "X-Tabscribe-User", "--allow-corrections")

    def serve_desk(self, speed=None):
        """The library as one that transcribes what pages ask for; gives its address."""
        emulator = self.start("emulate", *(["--speed", str(speed)] if speed else []))
        kept, self.environment = self.environment, {**self.environment, "GOOGLE_GEMINI_BASE_URL": emulator}
        address = self.start("serve", "--allow-transcribe", "--cost-limit", "5")
        self.environment = kept
        return address

    def transcribe_slowly(self, name, speed, *arguments):
        """Begins a transcription that takes some seconds, in the background."""
        emulator = self.start("emulate", "--speed", str(speed))
        shutil.copy(self.folder / "demo" / "sample.webm", self.folder / name)
        process = subprocess.Popen([PROGRAM, "transcribe", name, "--quiet", "--force", *arguments], cwd=self.folder,
                                   env={**self.environment, "GOOGLE_GEMINI_BASE_URL": emulator}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.processes.append(process)
        return process

    def items(self):
        """The numbers of the transcripts on the first page, newest first."""
        import re
        page = urllib.request.urlopen(self.address + "/").read().decode()
        return [int(number) for number in re.findall(r'<th scope="row" dir="auto"><a href="/items/(\d+)"', page)]

    def send(self, method, path, body=b"", **headers):
        """The status and the text of an answer."""
        request = urllib.request.Request(self.address + path, data=body, method=method)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
