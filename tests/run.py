"""The one command that says whether Sessionbook is right: rules of the house, types, every test, browser included."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")


def get_chromium() -> None:
    """Debian's own Chromium, installed when it is not there."""
    if CHROMIUM.exists():
        return
    as_root = [] if os.geteuid() == 0 else [shutil.which("sudo") or "sudo"]
    print("Installing Chromium from Debian for the browser tests.", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*as_root, "apt-get", "update", "-q"], check=True, env=environment)
    subprocess.run([*as_root, "apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"], check=True,
                   env=environment)


def main() -> int:
    """Run each step; the first that fails ends it."""
    get_chromium()
    steps = (
        [sys.executable, "-m", "ruff", "check"],
        [sys.executable, "-m", "mypy"],
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--ignore", "tests/browser"],
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "tests/browser"],
    )
    for step in steps:
        print("$", " ".join(step[1:]), flush=True)
        if (failed := subprocess.run(step, cwd=ROOT, check=False).returncode) != 0:
            return failed
    return 0


if __name__ == "__main__":
    sys.exit(main())
