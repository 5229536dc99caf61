"""Real shells with a library from a stranger; `python -m attacks.shells` has odd settings too."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from attacks import children, faults, shells, typed

SHORT = [line for line in typed.LINES if "brief-0" not in line.line]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> shells.Home:
    return shells.Home(tmp_path_factory.mktemp("shells").resolve())


def installed(shell: str) -> None:
    if shutil.which(shell.split()[0].rstrip(",")) is None:
        pytest.skip(f"{shell} is not installed")


@pytest.mark.parametrize("shell", ["bash", "zsh", "zsh autoload", "fish"])
def test_nothing_is_run_and_every_word_arrives_as_one(home: shells.Home, shell: str) -> None:
    installed(shell)
    lines = SHORT if shell != "zsh autoload" else SHORT[:3]
    assert sum(shells.attack(home, shell, lines).values()) == len(lines)


@pytest.mark.parametrize("shell", shells.SHELLS)
def test_lines_of_other_shapes(home: shells.Home, shell: str) -> None:
    installed(shell)
    assert sum(shells.attack(home, shell, typed.OTHER).values()) == len(typed.OTHER)


@pytest.mark.parametrize("shell", shells.OLD)
def test_scripts_of_earlier_versions_are_safe_too(home: shells.Home, shell: str) -> None:
    installed(shell)
    lines = shells.fit(shell, SHORT)
    assert sum(shells.attack(home, shell, lines).values()) == len(lines) > 15


@pytest.mark.parametrize(
    ("shell", "setting"),
    [
        ("bash", "set -u; IFS=-a; shopt -s failglob; set -o posix"),
        ("bash", "set -f; shopt -s nullglob; COMP_WORDBREAKS=${{COMP_WORDBREAKS//=/}}"),
        ("zsh", "setopt nounset globsubst shwordsplit ksharrays nullglob; IFS=-a"),
        ("fish", "set -g IFS"),
    ],
)
def test_settings_that_change_how_a_shell_reads(
    home: shells.Home, shell: str, setting: str
) -> None:
    installed(shell)
    lines = SHORT[:4] + SHORT[8:12]
    assert sum(shells.attack(home, shell, lines, setting).values()) == len(lines)


@pytest.mark.parametrize("shell", shells.SHELLS)
def test_what_stands_in_the_folder_is_not_run(home: shells.Home, shell: str) -> None:
    installed(shell)
    with shells.Session(home, shell, home.top / "elsewhere") as session:
        known = len(home.given())
        session.enter("natoagenda topic cyberd\t")
        session.press("natoagenda sched\t\t")
        assert home.given()[known:] == [["topic", "cyberdreiging"]]
    assert home.ran() == []


@pytest.mark.parametrize("shell", shells.SHELLS)
def test_a_search_path_that_begins_with_the_folder(home: shells.Home, shell: str) -> None:
    """The program and whatever else a script might call stand in it, and are not called."""
    installed(shell)
    path = 'PATH=".:$PATH"' if shell != "fish" else "set -x PATH . $PATH"
    with shells.Session(home, shell, home.top / "tools", path) as session:
        for line in ("natoagenda topic cyberd\t", "natoagenda --agenda=\t\t", "./natoagenda \t\t"):
            session.press(line)
            assert home.ran() == []
        assert "cyberdreiging" in session.shown.decode("utf-8", "replace")


@pytest.mark.parametrize("shell", [*shells.SHELLS, *shells.OLD])
def test_a_file_from_a_stranger_is_quoted(home: shells.Home, shell: str) -> None:
    """Where files are asked for, the shell itself offers them."""
    installed(shell)
    folder = home.top / "downloads"
    folder.mkdir(exist_ok=True)
    name = f"brief $(touch {typed.RUN}-30);'`touch {typed.RUN}-31`"
    (folder / name).touch()
    with shells.Session(home, shell, folder) as session:
        known = len(home.given())
        session.enter("natoagenda check --source brie\t")
        assert home.given()[known:] == [["check", "--source", name]]
    assert home.ran() == []


def test_a_disk_that_is_full_leaves_the_shell_s_own_file(tmp_path: Path) -> None:
    with faults.small_disk(tmp_path / "home", "16k") as there:
        if not there:
            pytest.skip("no disk can be mounted here")
        rc = tmp_path / "home" / ".bashrc"
        rc.write_bytes(b"x" * 6000 + b"\n")
        home = str(tmp_path / "home")
        ended = children.run(["--install-completion", "bash"], tmp_path, HOME=home)
        assert (ended.code, ended.err.count("\n")) == (70, 1)
        assert "No space left on device; nothing was changed" in ended.err
        assert [path.name for path in rc.parent.iterdir()] == [rc.name]
        assert rc.read_bytes() == b"x" * 6000 + b"\n"


@pytest.mark.parametrize("setting", ["LC_ALL=C", "LC_ALL=POSIX; set -u", "TERM=dumb"])
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_another_locale_or_terminal(home: shells.Home, shell: str, setting: str) -> None:
    installed(shell)
    lines = [SHORT[0], SHORT[4], SHORT[8], *SHORT[10:12]]
    export = "export LC_ALL TERM; unset LANG LC_CTYPE"
    assert sum(shells.attack(home, shell, lines, f"{setting}; {export}").values()) == len(lines)


@pytest.mark.parametrize("style", [
    "zstyle ':completion:*' menu select; zmodload zsh/complist",
    "zstyle ':completion:*:descriptions' format '%B%d%b'; setopt promptsubst",
    "zstyle ':completion:*' list-prompt '%S%p%s'; zstyle ':completion:*' group-name ''",
    "zstyle ':completion:*' list-colors '=(#b)*(--*)=0=1'; zmodload zsh/complist",
    "zstyle ':completion:*' completer _expand _complete _approximate _ignored",
    "zstyle ':completion:*' verbose yes; setopt automenu listrowsfirst completeinword",
])  # fmt: skip
def test_styles_of_zsh(home: shells.Home, style: str) -> None:
    installed("zsh")
    with shells.Session(home, "zsh", home.here, style) as session:
        for line in ("natoagenda topic onderw\t\t\t", "natoagenda stances --organisation \t\t\t\t"):
            session.press(line)
            assert home.ran() == []


@pytest.mark.parametrize("shell", shells.SHELLS)
def test_a_script_can_be_read_by_its_shell(home: shells.Home, shell: str) -> None:
    installed(shell)
    script = home.top / f"script.{shell}"
    done = subprocess.run([shell, "-n", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "eval" not in script.read_text("utf-8")


ASKS = {
    "bash": "complete() { :; }; COMP_LINE='natoagenda ' COMP_POINT=11; . ./script; "
    "_natoagenda_completion natoagenda '' natoagenda; echo \"${COMPREPLY[*]-}\"",
    "zsh": "compdef() { }; compset() { }; compadd() { print -r -- $offers }; _files() { print }; "
    "words=(natoagenda '') CURRENT=2 PREFIX= IPREFIX=; . ./script; _natoagenda_completion",
    "fish": "source ./script; complete --do-complete 'natoagenda ' | string match 'gev*'; echo",
}
"""What gives the offers of a script without a terminal."""


def asked(shell: str, folder: Path) -> tuple[bytes, bytes]:
    """What the script in a folder offers, and what its shell says besides."""
    flags = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *flags, "-c", ASKS[shell]], cwd=folder, capture_output=True, check=False,
        env=children.environment(folder, HOME=str(folder)),
    )  # fmt: skip
    return done.stdout.strip(), done.stderr


def test_bash_without_the_line_has_the_words(home: shells.Home) -> None:
    """As other completions call ours."""
    words = "COMP_WORDS=(natoagenda topic cyberd); COMP_CWORD=2; set -u; unset COMP_LINE COMP_POINT"
    ask = '_natoagenda_completion natoagenda cyberd topic; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        ["bash", "--norc", "-c", f"IFS=-a; . {home.top}/script.bash; {words}; {ask}"],
        env=home.environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b"cyberdreiging\n", b"")


@pytest.mark.parametrize("shell", shells.SHELLS)
def test_a_program_in_a_folder_with_an_odd_name(tmp_path: Path, shell: str) -> None:
    """The script names it so that the shell reads the name as it is; gone, it is not missed."""
    installed(shell)
    folder = tmp_path / "a b'c$(touch x)`touch y`\"\\;&%s\n@FIRST@"
    folder.mkdir()
    program = folder / "natoagenda"
    program.write_text("#!/bin/sh\necho gevonden\n")
    program.chmod(0o755)
    code = f"import sys; sys.argv[0] = {str(program)!r}\n"
    code += "from natoagenda.cli.scripts import script; print(script(sys.argv[1]))"
    made = children.run([shell], tmp_path, program=(sys.executable, "-c", code))
    assert made.code == 0, made.err
    (tmp_path / "script").write_bytes(made.out)
    assert asked(shell, tmp_path) == (b"gevonden", b"")
    program.unlink()
    assert asked(shell, tmp_path) == (b"", b"")
    assert not [path for path in tmp_path.rglob("*") if path.name in ("x", "y")]
