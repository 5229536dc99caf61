"""Ask for known weaknesses of what the constraints files pin, by pip-audit.

    python tools/audit.py constraints.txt constraints-test.txt

Ends with 0 where none is known, with 1 where one is or where pip-audit fails. Where no advisory
service can be reached, or it knows none of the packages, it says "skipped" and why, and ends with
0: pip-audit itself calls that "No known vulnerabilities found".
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PATIENCE = 120
"""Seconds after which a service that does not answer counts as out of reach."""

UNREACHED = (
    "requests.exceptions.ConnectionError:",
    "requests.exceptions.ProxyError:",
    "requests.exceptions.ReadTimeout:",
    "requests.exceptions.SSLError:",
    "pip_audit._service.interface.ServiceError",
    "your network may be blocking this service",
)
"""What the last line of pip-audit holds when no service answered, or only with an error."""


def verdict(report: str, said: str) -> tuple[int, str]:
    """The exit code and the words for what pip-audit reported, and said on stderr."""
    if not report:
        last = (said.strip().splitlines() or ["pip-audit said nothing"])[-1]
        if any(sign in last for sign in UNREACHED):
            return 0, "skipped: no advisory service can be reached"
        return 1, f"failed: {last}"
    asked: list[dict[str, Any]] = json.loads(report)["dependencies"]
    unknown = [each["name"] for each in asked if "skip_reason" in each]
    weak = [
        f"{each['name']} {each['version']}: {found['id']}, mended in "
        f"{', '.join(found['fix_versions']) or 'no version'}"
        for each in asked
        for found in each.get("vulns", [])
    ]
    if weak:
        return 1, "\n".join(["failed: known weaknesses", *weak])
    if len(unknown) == len(asked):
        return 0, "skipped: the advisory service that answers here knows none of the packages"
    text = f"passed: no weakness known in {len(asked) - len(unknown)} packages"
    return 0, text + (f"; not known there: {', '.join(unknown)}" if unknown else "")


def audited(file: str) -> tuple[int, str]:
    """The verdict on one constraints file."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "audit.json")
        command = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off"]
        command += ["--require-hashes", "--disable-pip", "--format", "json"]
        command += ["--output", str(report), "--requirement", file]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return 0, f"skipped: no advisory service answered within {PATIENCE} seconds"
        text = report.read_text(encoding="utf-8") if report.exists() else ""
        return verdict(text, done.stderr.decode("utf-8", "replace"))


def main() -> None:
    """Say the verdict on each file that is named; end with 1 where one of them failed."""
    failed = False
    for file in sys.argv[1:]:
        code, words = audited(file)
        sys.stdout.write(f"{file}: {words}\n")
        failed = failed or code != 0
    sys.exit(failed)


if __name__ == "__main__":
    main()
