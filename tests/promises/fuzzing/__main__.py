"""Fuzzes targets, some inputs each: `python -m tests.promises.fuzzing PLANTED FOLDER RUNS TARGET...`.

FOLDER takes the inputs that reached something new; what failed is named `crash-...` there, and what took longest, in
processor time, `slow-...`. PLANTED is a fault to put in, or `nothing`. The exit code is 0 where nothing failed.
"""

import sys
import time
from itertools import islice
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["bot.line_events", "bot.lenient", "nlp", "faq", "handlers", "web.api", "tests.promises"]
):
    from tests.promises.fuzzing import seeds
    from tests.promises.fuzzing.planted import PLANTED
    from tests.promises.fuzzing.targets import TARGETS
    from tests.promises.fuzzing.town import founded


def main(folder: Path, runs: int, *names: str) -> None:
    """Never returns: libFuzzer ends the process."""
    town = founded()
    targets = [TARGETS[name](town) for name in names]
    worst = [0.0] * len(names)

    def one(data: bytes) -> None:
        which = data[0] % len(names) if data else 0
        began = time.process_time()
        targets[which](data[1:])
        if (took := time.process_time() - began) > worst[which]:
            worst[which] = took
            (folder / f"slow-{names[which]}").write_bytes(data[1:])

    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names):
        for count, seed in enumerate(islice(seeds.of(name), runs // (2 * len(names)))):
            (corpus / f"{name}-{count}").write_bytes(bytes([number]) + seed)
    limits = [
        f"-runs={runs}",
        "-seed=12",
        "-max_len=20000",
        "-len_control=0",
        "-timeout=60",
        "-rss_limit_mb=4096",
    ]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    planted, folder, runs, *names = sys.argv[1:]
    PLANTED[planted]()
    main(Path(folder), int(runs), *names)
