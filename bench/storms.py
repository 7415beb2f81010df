"""How long storms of alerts take from file to incidents, and how much memory.

    python bench/storms.py FOLDER [FOLDER ...]

Each folder is one storm: the alerts in `input/` (or in the folder itself), and `mapping.yaml` where no source knows their format.
Every storm has a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path


def run(storm: Path, out: Path) -> dict[str, object]:
    """What `run.json` says of the storm."""
    alerts, mapping = storm / "input", storm / "mapping.yaml"
    command = [sys.executable, "-m", "vidocq", "investigate", str(alerts if alerts.exists() else storm), "--out", str(out)]
    if mapping.exists():
        command += ["--mapping", str(mapping)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return dict(json.loads((out / "run.json").read_text()))


def main(folders: list[Path]) -> None:
    storms = [f for f in folders if f.is_dir()]
    for f in folders:
        if f not in storms:
            print(f"skipped: {f} is no folder", flush=True)
    if not storms:
        print("skipped: name a folder of alerts to measure a storm")
        return
    print("| storm | alerts | investigations | incidents | seconds | peak MB |\n|---|---:|---:|---:|---:|---:|")
    seconds = 0.0
    for storm in storms:
        with tempfile.TemporaryDirectory(prefix="vidocq-bench-") as scratch:
            said = run(storm, Path(scratch))
        seconds += said["seconds"]["total"]  # type: ignore[index]
        print(f"| {storm.name} | {said['alerts']} | {said['investigations']} | {said['incidents']} | {said['seconds']['total']:.0f} | {said['peak_rss_mb']} |", flush=True)  # type: ignore[index]
    print(f"\n{len(storms)} storms in {seconds:.0f} s")


if __name__ == "__main__":
    main([Path(a) for a in sys.argv[1:]])
