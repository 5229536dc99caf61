"""`python -m natoagenda` is the same program as `natoagenda`."""

from natoagenda.cli.main import run

run()
