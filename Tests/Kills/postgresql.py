"""A PostgreSQL server of a test's own, and the emulator of the service."""
import contextlib
import glob
import json
import os
import shutil
import subprocess


def installed():
    """The folder of the newest server's programs; `None` where none is installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    return os.path.dirname(found[-1]) if found else None


@contextlib.contextmanager
def emulator(program, *options):
    """The address of an emulator, which ends with the block."""
    process = subprocess.Popen(
        [program, "emulate", *options, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        text = ""
        while "}" not in text:
            text += process.stdout.readline().decode()
        yield json.loads(text)["baseURL"]
    finally:
        process.terminate()
        process.wait()


class Server:
    """A server in a temporary folder, reached by a socket alone."""

    def __init__(self, programs):
        self.programs = programs
        # A server refuses to run as root.
        self.user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        self.place = self.run("mktemp", "-d", "/tmp/tabscribe-restarts.XXXXXX").strip()
        self.run(
            f"{programs}/initdb", "-D", self.data, "-U", "tabscribe", "-A", "trust", "-E", "UTF8",
            "--locale", "C.UTF-8", "--no-sync",
        )
        self.control("start")

    @property
    def data(self):
        return f"{self.place}/data"

    @property
    def address(self):
        return f"postgresql://tabscribe@/postgres?host={self.place}"

    def run(self, *command):
        return subprocess.run(
            [*self.user, *command], cwd="/tmp", check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        ).stdout

    def control(self, what, mode="fast"):
        options = f"-k {self.place} -c listen_addresses= -c fsync=off"
        self.run(
            f"{self.programs}/pg_ctl", "-D", self.data, "-l", f"{self.place}/log", "-w", "-m", mode,
            "-o", options, what,
        )

    def query(self, text):
        return self.run("psql", "-X", "-A", "-t", "-d", self.address, "-c", text).strip()

    def clear(self):
        self.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    def end(self):
        self.control("stop", "immediate")
        shutil.rmtree(self.place)
