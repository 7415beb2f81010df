"""Runs every measurement of this folder, one after the other: a file that can be run by itself is one. `python bench [name …]` runs those named."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def measurements() -> list[Path]:
    """The files of this folder that are scripts, by name; the others are what they share."""
    return sorted(p for p in HERE.glob("*.py") if p.name != "__main__.py" and 'if __name__ == "__main__":' in p.read_text(encoding="utf-8"))


def main(names: list[str]) -> int:
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before")
    failed = 0
    for path in measurements():
        if not names or path.stem in names:
            print(f"\n{path.stem}", flush=True)
            failed += subprocess.run([sys.executable, str(path)], check=False).returncode != 0
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
