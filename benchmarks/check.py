"""How long `acmspec check` takes beside a bare Python: medians of interleaved runs, and their ratio."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
SPEC = Path(__file__).parent.parent / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
BARE = [sys.executable, "-c", "pass"]
CHECK = [str(Path(sys.executable).with_name("acmspec")), "check", str(SPEC)]


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    seconds(BARE)
    seconds(CHECK)
    bare, check = [], []
    for _ in range(ROUNDS):
        bare.append(seconds(BARE))
        check.append(seconds(CHECK))
    one, other = statistics.median(bare), statistics.median(check)
    print(f"python -c pass  {one * 1000:7.1f} ms")
    print(f"acmspec check   {other * 1000:7.1f} ms")
    print(f"ratio           {other / one:7.1f}  (at most 10)")


if __name__ == "__main__":
    main()
