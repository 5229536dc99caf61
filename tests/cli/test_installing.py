"""Completion set up for good: everything is written or nothing, whatever stands there already."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from natoagenda.cli import installing, scripts
from natoagenda.errors import DependencyError, UsageError
from tests.cli.program import PATIENCE, PROGRAM, environment, one_message, run

RC = {"bash": ".bashrc", "zsh": ".zshrc"}
PLACES = {
    "bash": ".bash_completions/natoagenda.sh",
    "zsh": ".zfunc/_natoagenda",
    "fish": ".config/fish/completions/natoagenda.fish",
}
CONTENTS = {
    "none": None,
    "empty": b"",
    "no line end": b"export A=1",
    "CRLF": b"export A=1\r\nexport B=2\r\n",
    "Latin-1": b"export NAAM='Andr\xe9'\n",
    "UTF-16": "\ufeffexport A=1\n".encode("utf-16-le"),
    "NUL and half characters": b"\x00\xff\xfe\xed\xa0\x80 x",
    "long": b"# x\n" * 50_000,
}


def state(home: Path) -> dict[str, object]:
    """Everything that is in a home: names, bytes, modes, where links lead."""
    return {
        str(path.relative_to(home)): os.readlink(path)
        if path.is_symlink()
        else (stat.S_IMODE(path.stat().st_mode), path.read_bytes() if path.is_file() else None)
        for path in home.rglob("*")
    }


@pytest.mark.parametrize("shell", scripts.SHELLS)
def test_installed_once_in_the_shell_s_own_places(shell: str, tmp_path: Path) -> None:
    for _ in range(2):
        done = run("--install-completion", shell, env={"HOME": str(tmp_path)})
        assert (done.code, done.stderr) == (0, b"")
        place = tmp_path / PLACES[shell]
        assert str(place) in done.out
        script = run("--show-completion", shell).out
        assert place.read_text("utf-8") == script
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {PLACES[shell], *([RC[shell]] if shell in RC else [])}
    if shell in RC:
        assert (tmp_path / RC[shell]).read_text("utf-8").count("\n") == 1


@pytest.mark.parametrize("shell", RC)
@pytest.mark.parametrize("name", CONTENTS)
def test_what_stands_in_the_shell_s_own_file_is_kept(
    shell: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    rc, content = tmp_path / RC[shell], CONTENTS[name]
    if content is not None:
        rc.write_bytes(content)
        rc.chmod(0o640)
    for _ in range(3):
        installing.install(shell)
    after, before = rc.read_bytes(), content or b""
    assert after.startswith(before)
    added = after[len(before) :].decode("ascii")
    assert added.count("\n") == 1 + bool(before and not before.endswith(b"\n"))
    if content is not None:
        assert stat.S_IMODE(rc.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, dotfiles = tmp_path / "home", tmp_path / "dotfiles"
    home.mkdir()
    dotfiles.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (dotfiles / "bashrc").write_bytes(b"x=1\n")
    (home / ".bashrc").symlink_to("../dotfiles/bashrc")
    (home / ".zshrc").symlink_to(dotfiles / "zshrc")  # leads nowhere yet
    for shell in RC:
        installing.install(shell)
    assert os.readlink(home / ".bashrc") == "../dotfiles/bashrc"
    assert (home / ".zshrc").is_symlink()
    assert (dotfiles / "bashrc").read_bytes().startswith(b"x=1\nsource '")
    assert b"compinit" in (dotfiles / "zshrc").read_bytes()
    assert sorted(path.name for path in dotfiles.iterdir()) == ["bashrc", "zshrc"]


def test_the_owner_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    monkeypatch.setenv("HOME", str(tmp_path))
    rc = tmp_path / ".bashrc"
    rc.write_bytes(b"x=1\n")
    os.chown(rc, 12345, 23456)
    installing.install("bash")
    assert (rc.stat().st_uid, rc.stat().st_gid) == (12345, 23456)


def a_folder_for_the_rc_file(home: Path) -> None:
    (home / ".bashrc").mkdir()


def a_pipe_for_the_rc_file(home: Path) -> None:
    os.mkfifo(home / ".bashrc")


def a_circle_of_links(home: Path) -> None:
    (home / ".bashrc").symlink_to(".bashrc")


def a_file_for_the_folder(home: Path) -> None:
    (home / ".bash_completions").write_bytes(b"x")


def a_folder_for_the_script(home: Path) -> None:
    (home / ".bash_completions" / "natoagenda.sh").mkdir(parents=True)


def a_link_to_nowhere(home: Path) -> None:
    (home / ".bashrc").symlink_to("/nowhere/at/all")


@pytest.mark.parametrize(
    "spoil",
    [a_folder_for_the_rc_file, a_pipe_for_the_rc_file, a_circle_of_links, a_file_for_the_folder,
     a_folder_for_the_script, a_link_to_nowhere],
)  # fmt: skip
def test_where_something_cannot_be_written_nothing_is(
    spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    spoil(tmp_path)
    before = state(tmp_path)
    done = run("--install-completion", "bash", env={"HOME": str(tmp_path)})
    assert (done.code, done.stdout) == (70, b"")
    assert one_message(done).endswith("; nothing was changed")
    assert state(tmp_path) == before


@pytest.mark.parametrize("shell", scripts.SHELLS)
@pytest.mark.parametrize("limit", [0, 100, 3000])
def test_under_a_limit_on_the_size_of_files(shell: str, limit: int, tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("there are no such limits")
    rc = tmp_path / RC.get(shell, ".profile")
    rc.write_bytes(b"export NAAM='Andr\xe9'\n" * 200)
    before = state(tmp_path)
    code = (
        f"import resource, os, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit},) * 2);"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    done = run("--install-completion", shell, env={"HOME": str(tmp_path)},
               program=(sys.executable, "-c", code, *PROGRAM))  # fmt: skip
    if shell == "fish" and limit == 3000:  # it has no file of the shell to change
        assert done.code == 0
    else:
        assert done.code == 70
        assert "File too large" in one_message(done)
        assert state(tmp_path) == before


@pytest.mark.parametrize("failing", [1, 2])
def test_a_rename_that_fails_takes_back_the_one_before(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".bashrc").write_bytes(b"x=1\n")
    (tmp_path / ".bash_completions").mkdir()
    for old in (None, b"old"):
        if old is not None:
            (tmp_path / PLACES["bash"]).write_bytes(old)
        before, calls, real = state(tmp_path), [], os.replace

        def replace(source: str, target: str | Path) -> None:
            calls.append(source)  # noqa: B023
            if len(calls) == failing:  # noqa: B023
                raise OSError(28, "No space left on device")
            real(source, target)  # noqa: B023

        with monkeypatch.context() as full:
            full.setattr(os, "replace", replace)
            with pytest.raises(DependencyError, match="No space left on device; nothing was"):
                installing.install("bash")
        assert state(tmp_path) == before


@pytest.mark.parametrize("home", ["/nowhere/at/all", "here"])
def test_without_a_home(home: str, tmp_path: Path) -> None:
    done = run("--install-completion", "bash", env={"HOME": home}, cwd=tmp_path)
    assert done.code == 70
    assert "does not exist; nothing was changed" in one_message(done)
    assert list(tmp_path.iterdir()) == []


def test_a_home_with_an_odd_name(tmp_path: Path) -> None:
    home = tmp_path / "a b'c$(touch x)"
    home.mkdir()
    assert run("--install-completion", "bash", env={"HOME": str(home)}).code == 0
    done = subprocess.run(
        ["bash", "-c", '. "$HOME/.bashrc"; complete -p natoagenda'], cwd=tmp_path,
        env=environment(HOME=str(home)), capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.stdout == b"complete -o default -F _natoagenda_completion natoagenda\n"
    assert not list(tmp_path.rglob("x"))


# -- which shell ---------------------------------------------------------------------------


@pytest.mark.parametrize("option", scripts.OPTIONS)
@pytest.mark.parametrize("word", ["topics", "pwsh", "powershell", "BASH", "$(x)", "tcsh"])
def test_a_shell_without_a_script_is_refused(option: str, word: str, tmp_path: Path) -> None:
    for arguments in ([option, word], [f"{option}={word}"], ["--json", option, word, "--debug"]):
        done = run(*arguments, env={"HOME": str(tmp_path)})
        assert (done.code, done.stdout) == (2, b"")
        assert "choose from bash, zsh, fish" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("found", ["zsh", "bash", "fish"])
@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_the_shell_in_use(found: str, arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from typer import _completion_shared as shared; from natoagenda.cli.main "
        f"import run; shared._get_shell_name = lambda: {found!r}; run()"
    )
    done = run("--show-completion", *arguments, program=(sys.executable, "-c", code))
    assert (done.code, done.stderr) == (0, b"")
    assert f"_NATOAGENDA_COMPLETE=complete_{found}" in done.out


@pytest.mark.parametrize("found", [None, "pwsh", "dash"])
def test_a_shell_in_use_that_is_not_known(
    found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: found)
    with pytest.raises(UsageError, match="name one: bash, zsh or fish"):
        scripts.current()


def test_only_words_before_the_command_are_options_of_the_program() -> None:
    assert run("topic", "--show-completion", "bash").code == 2
    assert run("--agenda", "--show-completion", "topics").code == 1  # an id, if an odd one
    assert run("--show-completion", "bash", "--help").out.startswith("_natoagenda_completion")


# -- the program's full path ---------------------------------------------------------------


def test_a_script_names_the_program_by_its_full_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    package = Path(scripts.__file__).parents[1]
    local = tmp_path / "natoagenda"
    local.touch()
    monkeypatch.setattr(sys, "argv", [str(local)])
    assert scripts.program() == [str(local)]
    monkeypatch.setattr(sys, "argv", [str(package / "__main__.py")])
    python = [sys.executable, "-P", "-m", "natoagenda"]
    assert scripts.program() == python
    for name in ("", "-c", "pytest", "natoagenda.txt", "natoagenda"):
        monkeypatch.setattr(sys, "argv", [name])
        first, *rest = scripts.program()
        assert Path(first).is_absolute()
        assert first != str(local)
        assert rest in ([], python[1:])
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path / "none"))
    assert scripts.program() == python


@pytest.mark.parametrize("shell", scripts.SHELLS)
def test_nobody_else_may_write_what_a_shell_runs(shell: str, tmp_path: Path) -> None:
    """Not even where the umask would let everybody."""
    command = ["sh", "-c", 'umask 0; exec "$@"', "sh", *PROGRAM, "--install-completion", shell]
    assert run(program=tuple(command), env={"HOME": str(tmp_path)}).code == 0
    made = list(tmp_path.rglob("*"))
    assert made
    assert [path for path in made if path.stat().st_mode & 0o022] == []


def test_shells_that_look_elsewhere_find_it_there(tmp_path: Path) -> None:
    env = {
        "HOME": str(tmp_path),
        "ZDOTDIR": str(tmp_path / "z"),
        "XDG_CONFIG_HOME": f"{tmp_path}/c",
    }
    for shell in ("zsh", "fish"):
        assert run("--install-completion", shell, env=env).code == 0
    assert "compinit" in (tmp_path / "z" / ".zshrc").read_text()
    assert (tmp_path / "c" / "fish" / "completions" / "natoagenda.fish").is_file()
    assert not (tmp_path / ".zshrc").exists()
    assert not (tmp_path / ".config").exists()


def test_an_empty_home_is_not_the_root_folder() -> None:
    for shell in scripts.SHELLS:
        done = run("--install-completion", shell, env={"HOME": ""})
        assert done.code == 70
        assert one_message(done) == (
            "cannot install completion: HOME is empty; nothing was changed"
        )
    assert not Path("/.bash_completions").exists()
