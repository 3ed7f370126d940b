"""`make bench`: every benchmark that can run on this machine, a small table each."""

import os
import sys
from pathlib import Path

from tests.bench import (
    beside_flask,
    booking,
    clustering,
    foreign,
    hours,
    keystrokes,
    languages,
    mailing,
    mentions,
    metrics,
    operators,
    scale,
    throughput,
    timetable,
    webhook,
)


def main() -> int:
    for bench in (
        webhook,
        beside_flask,
        metrics,
        throughput,
        hours,
        timetable,
        booking,
        operators,
        keystrokes,
        languages,
        foreign,
        mailing,
    ):
        sys.stdout.write(f"{bench.run()}\n\n")
        sys.stdout.flush()
    for found in mentions.run():
        sys.stdout.write(f"{found}\n\n")
    for each in clustering.folders():
        sys.stdout.write(f"{clustering.run(each)}\n\n")
    folder = os.environ.get("MATCHING_BENCHMARK")
    for table in scale.run(Path(folder) if folder else scale.DATA):
        sys.stdout.write(f"{table}\n\n")
    sys.stdout.flush()
    if folder:
        from tests.bench import matching, typing

        matching.main(Path(folder))
        sys.stdout.write(f"{typing.run(Path(folder))}\n")
    else:
        sys.stdout.write(
            "Matching: skipped, MATCHING_BENCHMARK names no folder with faq.csv, questions.csv\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
