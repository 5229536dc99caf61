"""Attack the loader of data files with atheris, which looks for bytes that reach new code.

Needs `pip install atheris`. It goes on until it finds something or the time is over; what it finds
is written to a file, to be kept in `tests/attacks/found`.

    python -m attacks.guided --seconds 3600
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from pathlib import Path

import hypothesis


def main() -> None:
    """Attack for as long as is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--corpus", type=Path, help="folder of files to begin with, added to")
    asked = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["natoagenda", "yaml"]):
        from attacks import agendas, loader

    corpus: Path = asked.corpus or Path(tempfile.mkdtemp(prefix="natoagenda-corpus-"))
    corpus.mkdir(exist_ok=True)
    warnings.simplefilter("ignore", hypothesis.errors.NonInteractiveExampleWarning)
    for number in range(60):
        (corpus / f"valid-{number}").write_bytes(agendas.files(agendas.valid()).example())

    def one(data: bytes) -> None:
        loader.check(data)

    limits = [
        f"-max_total_time={asked.seconds}",
        "-max_len=8192",
        "-timeout=2",
        "-rss_limit_mb=600",
    ]
    atheris.Setup([sys.argv[0], str(corpus), *limits], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
