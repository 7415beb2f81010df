"""How long the command line takes to answer at all: the best of ten."""

from __future__ import annotations

import subprocess
import sys
import time


def main() -> None:
    best = 60.0
    for _ in range(10):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "vidocq.cli", "--help"], check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - began)
    print(f"  {'vidocq --help':<52}{best:>10.2f} s   (wanted: under 0.3 s)")


if __name__ == "__main__":
    main()
