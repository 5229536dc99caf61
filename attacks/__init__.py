"""Attacks on the program: what hostile files, questions and moments do to it.

Each module is run by hand for a long time (`python -m attacks.loader --cases 100000`) and by the
tests for a short one; `docs/reliability.md` says what came of it.
"""
