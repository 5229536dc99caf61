"""What a Tab offers in bash, zsh and fish, by the protocols of their scripts."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest
import typer
from typer._completion_shared import get_completion_script

from attacks import typed as hostile_words
from natoagenda import answers, library, organisations
from natoagenda.cli import complete, completion
from natoagenda.cli.app import COMMANDS, build
from natoagenda.cli.options import Settings, State
from natoagenda.visible import visible
from tests.cli.program import Done, run

SHARED = [
    "--data",
    "--agenda",
    "--organisation",
    "--since",
    "--until",
    "--format",
    "--json",
    "--lang",
    "--color",
    "--debug",
    "--help",
]


def bash(line: str, env: Mapping[str, str] | None = None) -> Done:
    """Ask as bash does; a line that ends with a space asks for a new word."""
    words = shlex.split(line)
    place = len(words) if line.endswith(" ") else len(words) - 1
    asked = {
        "_NATOAGENDA_COMPLETE": "complete_bash",
        "COMP_WORDS": line.replace(" ", "\n"),
        "COMP_CWORD": str(place),
    }
    return run(env={**asked, **(env or {})})


def offers(line: str, env: Mapping[str, str] | None = None) -> list[str]:
    done = bash(line, env)
    assert done.code == 0
    assert done.stderr == b""
    return done.out.split()


def other(shell: str, line: str, env: Mapping[str, str] | None = None, **extra: str) -> Done:
    asked = {
        "_NATOAGENDA_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        **extra,
        **(env or {}),
    }
    done = run(env=asked)
    assert done.stderr == b""
    return done


def zsh(line: str, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """What zsh is given: words with what they mean."""
    text = other("zsh", line, env).out.rstrip("\n")
    match = re.fullmatch(r"_arguments '\*: :\(\((.*)\)\)'", text, re.DOTALL)
    assert match, text
    found = {}
    for entry in match[1].split("\n"):
        pair = re.fullmatch(r'"([^"]*)"(?::"((?:[^"]|"")*)")?', entry)
        assert pair, entry
        found[pair[1]] = pair[2] or ""
    return found


def fish(line: str, env: Mapping[str, str] | None = None) -> dict[str, str]:
    text = other("fish", line, env, _TYPER_COMPLETE_FISH_ACTION="get-args").out
    return dict((*entry.split("\t", 1), "")[:2] for entry in text.splitlines())  # type: ignore[misc]


# -- what is offered -----------------------------------------------------------------------


def test_commands() -> None:
    assert offers("natoagenda ") == list(COMMANDS)
    assert offers("natoagenda sc") == ["schedule", "schema"]
    assert offers("natoagenda schema st") == ["stances"]
    assert offers("natoagenda --json to") == ["topics", "topic"]
    assert offers("natoagenda zzz") == []


def test_options() -> None:
    assert set(SHARED) <= set(offers("natoagenda --"))
    assert set(SHARED) | {"--day", "--from", "--to"} == set(offers("natoagenda schedule --"))
    assert offers("natoagenda search --li") == ["--limit"]
    for command in COMMANDS:
        assert set(SHARED) <= set(offers(f"natoagenda {command} --"))


def test_topics() -> None:
    assert offers("natoagenda topic ") == [
        "steun-aan-oekraine", "afschrikking-en-verdediging", "hybride-dreigingen",
        "mondiale-uitdagingen", "navo-eu-samenwerking",
    ]  # fmt: skip
    assert offers("natoagenda topic h") == ["hybride-dreigingen"]
    assert offers("natoagenda topic zzz") == []
    for command in ("stances", "expectations", "commitments", "search"):
        assert offers(f"natoagenda {command} --topic mon") == ["mondiale-uitdagingen"]


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("oek", "steun-aan-oekraine"),
        ("oekraï", "steun-aan-oekraine"),
        ("steun", "steun-aan-oekraine"),
        ("ukr", "steun-aan-oekraine"),
        ("Ukr", "steun-aan-oekraine"),
        ("deterr", "afschrikking-en-verdediging"),
        ("2%", "afschrikking-en-verdediging"),
        ("hybrid", "hybride-dreigingen"),
        ("global", "mondiale-uitdagingen"),
        ("uitdag", "mondiale-uitdagingen"),
        ("NATO-EU", "navo-eu-samenwerking"),
        ("coop", "navo-eu-samenwerking"),
    ],
)
def test_topics_typed_in_dutch_and_english(typed: str, topic: str) -> None:
    offered = offers(f"natoagenda topic {typed}")
    assert len(offered) == 1
    # Whatever is offered must name that topic when it is taken.
    done = run("topic", offered[0], "--json")
    assert (done.code, done.json["id"]) == (0, topic)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", ["2024-07-09", "2024-07-10", "2024-07-11"]),
        ("2024-07-1", ["2024-07-10", "2024-07-11"]),
        ("10", ["2024-07-10"]),
        ("woe", ["2024-07-10"]),
        ("wed", ["2024-07-10"]),
        ("d", ["2024-07-09", "2024-07-11"]),
        ("zzz", []),
    ],
)
def test_days(typed: str, days: list[str]) -> None:
    offered = offers(f"natoagenda schedule --day {typed}")
    assert all(offer.startswith(typed) for offer in offered)
    answers = [run("schedule", "--json", "--day", offer).json for offer in offered]
    # Whatever is offered must be that day when it is taken.
    assert [{row["date"] for row in rows} for rows in answers] == [{day} for day in days]


def test_footnotes() -> None:
    assert offers("natoagenda footnotes ") == ["1", "2", "3", "4", "5"]
    assert offers("natoagenda footnotes 2") == ["2"]
    assert offers("natoagenda footnotes 9") == []


def test_kinds() -> None:
    kinds = ["sessions", "sections", "statements", "footnotes", "references"]
    assert offers("natoagenda search --in ") == kinds
    assert offers("natoagenda search --in st") == ["statements"]
    assert offers("natoagenda search --in footnotes,r") == ["footnotes,references"]
    assert offers("natoagenda search --in zzz") == []


def test_choices() -> None:
    assert {"table", "json"} <= set(offers("natoagenda --format "))
    assert offers("natoagenda search --role st") == ["stance"]
    assert offers("natoagenda --lang ") == ["nl", "en"]
    assert offers("natoagenda topics --color a") == ["auto", "always"]


def test_agenda_ids() -> None:
    assert offers("natoagenda --agenda ") == ["washington-2024"]
    assert offers("natoagenda schedule --agenda w") == ["washington-2024"]
    assert offers("natoagenda schedule --agenda zzz") == []


# -- from which data -----------------------------------------------------------------------


@pytest.fixture
def later(tmp_path: Path, washington_file: Path) -> Path:
    text = washington_file.read_text(encoding="utf-8")
    text = text.replace("id: washington-2024", "id: den-haag-2025", 1)
    for day in ("09", "10", "11"):
        text = text.replace(f"2024-07-{day}", f"2025-06-{day}")
    file = tmp_path / "later.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_data_that_the_line_names(later: Path) -> None:
    days = ["2025-06-09", "2025-06-10", "2025-06-11"]
    assert offers(f"natoagenda --data {later} schedule --day 2") == days
    assert offers(f"natoagenda schedule --data {later} --day 2") == days
    assert offers("natoagenda schedule --day 2", {"NATOAGENDA_DATA": str(later)}) == days
    assert offers(f"natoagenda --data {later} --agenda ") == ["den-haag-2025"]


def test_the_agenda_that_the_line_names(later: Path, washington_file: Path) -> None:
    both = f"natoagenda --data {later} --data {washington_file} "
    assert len(offers(f"{both}schedule --day 2")) == 6
    assert set(offers(f"{both}--agenda ")) == {"washington-2024", "den-haag-2025"}
    days = ["2025-06-09", "2025-06-10", "2025-06-11"]
    assert offers(f"{both}--agenda den-haag-2025 schedule --day 2") == days
    assert offers(f"{both}schedule --agenda den-haag-2025 --day 2") == days


@pytest.mark.parametrize("line", [
    "natoagenda topic ", "natoagenda schedule --day ", "natoagenda footnotes ",
    "natoagenda stances --topic ", "natoagenda --agenda ",
])  # fmt: skip
def test_broken_data_offers_nothing_and_says_nothing(line: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("schema: [1")
    for data in (str(broken), str(tmp_path / "nowhere"), str(tmp_path)):
        env = {"NATOAGENDA_DATA": data}
        done = bash(line, env)
        assert (done.code, done.out.strip(), done.stderr) == (0, "", b"")
        assert other("fish", line, env, _TYPER_COMPLETE_FISH_ACTION="get-args").out.strip() == ""
        assert other("zsh", line, env).out.strip() == "_files"


def test_an_agenda_that_is_not_there_offers_nothing() -> None:
    assert offers("natoagenda --agenda nix topic ") == []


@pytest.mark.parametrize("variable", ["NATOAGENDA_FORMAT", "NATOAGENDA_LANG"])
def test_a_variable_that_means_nothing_does_no_harm(variable: str) -> None:
    assert len(offers("natoagenda topic ", {variable: "klingon"})) == 5


@pytest.mark.parametrize("line", ["natoagenda topic 'onaf", 'natoagenda search "', "natoagenda \\"])
def test_a_line_that_is_not_finished(line: str) -> None:
    done = run(
        env={
            "_NATOAGENDA_COMPLETE": "complete_bash",
            "COMP_WORDS": line.replace(" ", "\n"),
            "COMP_CWORD": str(line.count(" ")),
        }
    )
    assert (done.code, done.stderr) == (0, b"")


# -- zsh and fish --------------------------------------------------------------------------


def test_zsh_is_given_words_with_their_meaning() -> None:
    assert list(zsh("natoagenda ")) == list(COMMANDS)
    assert zsh("natoagenda sched") == {"schedule": "Show the programme by day."}
    assert list(zsh("natoagenda footnotes ")) == ["1", "2", "3", "4", "5"]
    assert "Steun aan Oekraïne" in zsh("natoagenda topic steun")["steun-aan-oekraine"]
    assert list(zsh("natoagenda schedule --day 2")) == ["2024-07-09", "2024-07-10", "2024-07-11"]
    assert other("zsh", "natoagenda topic zzz").out == "_files\n"


def test_fish_is_given_words_with_their_meaning() -> None:
    assert list(fish("natoagenda ")) == list(COMMANDS)
    assert fish("natoagenda sched") == {"schedule": "Show the programme by day."}
    assert list(fish("natoagenda footnotes ")) == ["1", "2", "3", "4", "5"]
    assert fish("natoagenda topic steun") == {"steun-aan-oekraine": "Steun aan Oekraïne"}
    assert fish("natoagenda search --in st") == {"statements": ""}


def test_fish_asks_whether_there_is_anything() -> None:
    action = {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    assert other("fish", "natoagenda topic ", action).code == 0
    assert other("fish", "natoagenda topic zzz", action).code == 1


def test_titles_are_shown_as_they_are(tmp_path: Path, washington_file: Path) -> None:
    text = washington_file.read_text(encoding="utf-8")
    text = text.replace("nl: Hybride dreigingen", "nl: '[/] [bold]Hybride[/bold] dreigingen'", 1)
    file = tmp_path / "agenda.yaml"
    file.write_text(text, encoding="utf-8")
    env = {"NATOAGENDA_DATA": str(file)}
    assert fish("natoagenda topic hybride", env) == {
        "hybride-dreigingen": "[/] [bold]Hybride[/bold] dreigingen"
    }
    assert list(zsh("natoagenda topic hybride", env)) == ["hybride-dreigingen"]


@pytest.mark.parametrize("title", ["`touch x`", "$(touch x)", "\\$(touch x)", "\\`touch x\\`"])
def test_a_title_is_no_command_of_the_shell(
    tmp_path: Path, washington_file: Path, title: str
) -> None:
    text = washington_file.read_text(encoding="utf-8")
    text = text.replace("nl: Hybride dreigingen", f"nl: '{title} Hybride dreigingen'", 1)
    file = tmp_path / "agenda.yaml"
    file.write_text(text, encoding="utf-8")
    meaning = zsh("natoagenda topic hybride", {"NATOAGENDA_DATA": str(file)})["hybride-dreigingen"]
    # zsh evaluates what stands between the double quotes: $ and ` need an odd run of backslashes.
    for match in re.finditer(r"(\\*)[$`]", meaning):
        assert len(match[1]) % 2 == 1, meaning


# -- the gate ------------------------------------------------------------------------------


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    hostile_words.hostile_library(tmp_path / "library")
    return tmp_path / "library"


PLACES = [
    "natoagenda --agenda ", "natoagenda stances --organisation ", "natoagenda topic ",
    "natoagenda topic t", "natoagenda topic nav", "natoagenda topic c", "natoagenda topic $(",
    "natoagenda topic \"'\"", "natoagenda compare x", "natoagenda search --topic a",
    "natoagenda footnotes ", "natoagenda schedule --day ", "natoagenda agendas remove ",
    "natoagenda stances --organisation -", "natoagenda stances --organisation .",
    "natoagenda stances --organisation $", "natoagenda --data ", "natoagenda --data $(x",
    "natoagenda check --source `x", "natoagenda --organisation=", "natoagenda topic -",
]  # fmt: skip


@pytest.mark.parametrize("line", PLACES)
def test_an_offer_is_a_word_whatever_the_data_says(line: str, hostile: Path) -> None:
    env = {"NATOAGENDA_DATA": str(hostile)}
    printed = {
        "bash": [offer for offer in bash(line, env).out.splitlines() if offer],
        "fish": list(fish(line, env)),
        "own": [entry.split("\t")[0] for entry in lines("zsh", line, env)],
    }
    power = other(
        "powershell", line, env, _TYPER_COMPLETE_WORD_TO_COMPLETE=line.rpartition(" ")[2]
    ).out.splitlines()
    old = other("zsh", line, env).out
    assert re.fullmatch(r"[^$`\\!<>{}&;|]*", old)
    if old != "_files\n":
        assert sorted(zsh(line, env)) == sorted(printed["fish"])
    assert sorted(printed["bash"]) == sorted(printed["fish"]) == sorted(printed["own"])
    for offered in (*printed.values(), [entry.split(":::")[0] for entry in power]):
        assert len(offered) == len(set(offered))
        for offer in offered:
            own = line.endswith(" -") and offer in {"-h", "--full", "--topic", *SHARED}
            assert own or re.fullmatch(r"[\w][\w.-]*", offer), offer
            assert visible(offer) == offer
            assert len(offer) <= 200


def lines(shell: str, line: str, env: Mapping[str, str]) -> list[str]:
    """What our own scripts are told."""
    done = run(env={**env, "_NATOAGENDA_COMPLETE": f"complete_{shell}", "_NATOAGENDA_LINE": line})
    assert (done.code, done.stderr) == (0, b"")
    return done.out.splitlines()


def test_what_is_offered_leads_there(hostile: Path) -> None:
    """By typing the first letters that anything begins with."""
    found = library.load([hostile])
    for typed in ("", "t", "T", "r", "b", "x", "a", "n", "N", "h", "e"):
        ctx = context(hostile)
        for offer, _ in complete.organisations(ctx, typed):
            assert offer.startswith(typed)
            assert found.choose(library.Choice(organisation=offer))
        for offer, meaning in complete.topics(ctx, typed):
            chosen, _others = answers.topic(found.agendas, offer)
            assert complete.plain(chosen.title) == meaning
        for offer, _ in complete.agendas(ctx, typed):
            assert [each.id for each in found.choose(library.Choice(agenda=offer))] == [offer]


def context(data: Path) -> typer.Context:
    """What Typer gives to a function that completes."""
    state = State()
    state.settings = Settings(data=(data,))
    program = build()
    made: typer.Context = program.context_class(program, info_name="natoagenda", obj=state)
    return made


@pytest.mark.parametrize(
    ("organisation", "typed", "offered"),
    [
        ("Raad Buitenlandse Zaken", "", ["Raad-Buitenlandse-Zaken"]),
        ("Raad Buitenlandse Zaken", "R", ["Raad-Buitenlandse-Zaken"]),
        ("Raad Buitenlandse Zaken", "raad-b", ["raad-buitenlandse-zaken"]),
        ("Raad Buitenlandse Zaken", "Bui", ["Buitenlandse"]),
        ("Raad Buitenlandse Zaken", "bui", ["buitenlandse"]),
        ("Raad Buitenlandse Zaken", "rAAD", ["rAAD-Buitenlandse-Zaken"]),
        ("Noord-Atlantische Raad", "no", ["noord-atlantische-raad"]),
        ("NAVO", "n", ["navo"]),
        ("E.U.", "E", ["E.U"]),
        ("\u0132sselmeer", "ijs", ["ijsselmeer"]),
        ("Stra\u00dfburg", "STRASS", ["STRASSburg"]),
        ("Co\u00f6rdinatie", "coo", ["coordinatie"]),
        ("Coo\u0308rdinatie", "coö", ["coördinatie"]),
        ("$(touch x)", "", ["touch-x"]),
        ("--data=/x", "", ["data-x"]),
        ("...", "", []),
        ("\u3164", "", []),
    ],
)
def test_organisations(organisation: str, typed: str, offered: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(hostile_words.letter(1, "woord", organisation), "utf-8")
    found = [offer for offer, _ in complete.organisations(context(tmp_path), typed)]
    assert found == offered
    for offer in found:
        assert organisations.matcher(offer)(organisation)


def test_names_of_organisations_with_hyphens() -> None:
    for asked, name in (
        ("Raad-Buitenlandse-Zaken", "Raad Buitenlandse Zaken"), ("raad buit", "Raad Buitenlandse"),
        ("raad-van-europa", "Council of Europe"), ("noord-atlantische-raad", "NAVO"),
        ("NATO", "(NAVO)"), ("europese-unie", "EU"),
    ):  # fmt: skip
        assert organisations.matcher(asked)(name), asked
    for asked, name in (("eu", "Raad van Europa"), ("-", "NAVO"), ("", "NAVO"), ("un", "Unie")):
        assert not organisations.matcher(asked)(name), asked


def test_a_word_that_names_several_topics_gives_way_to_their_ids(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(hostile_words.letter(1, "steunpunt", "EU"), "utf-8")
    offered = [offer for offer, _ in complete.topics(context(tmp_path), "steun")]
    assert offered == [f"onderwerp-1-{place}" for place in range(len(hostile_words.TOPICS))]


def test_what_is_typed_in_quotes_or_after_an_equals_sign() -> None:
    for line, words in {
        "natoagenda --agenda=wash": ["washington-2024"],
        "natoagenda --agenda=": ["washington-2024"],
        'natoagenda topic "hyb': ["hybride-dreigingen"],
        "natoagenda topic 'steun aan": ["steun-aan-oekraine"],
        "natoagenda topic h\\yb": ["hybride-dreigingen"],
        "natoagenda topic hyb\\ ": [],
        "natoagenda --agenda=washington-2024 topic hyb": ["hybride-dreigingen"],
        "natoagenda --show-completion ": ["bash", "zsh", "fish"],
        "natoagenda --install-completion z": ["zsh"],
    }.items():
        assert [each.split("\t")[0] for each in lines("zsh", line, {})] == words, line
        assert lines("bash", line, {}) == words, line


def test_bash_takes_an_equals_sign_apart() -> None:
    for words in ("natoagenda --agenda = wash", "natoagenda --json --agenda = "):
        assert offers(words) == ["washington-2024"]
    assert offers("natoagenda --agenda = washington-2024 topic hyb") == ["hybride-dreigingen"]


@pytest.mark.parametrize(
    "instruction", ["complete_tcsh", "source_pwsh", "x", "source", "_", "$(x)"]
)
def test_an_instruction_that_is_none(instruction: str) -> None:
    done = run(env={"_NATOAGENDA_COMPLETE": instruction})
    assert (done.code, done.stdout) == (2, b"")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("variables", [
    {}, {"COMP_WORDS": "natoagenda\ntopic"}, {"COMP_WORDS": "", "COMP_CWORD": "x"},
    {"COMP_WORDS": "", "COMP_CWORD": "-5"}, {"COMP_WORDS": "natoagenda", "COMP_CWORD": "9" * 5000},
    {"_NATOAGENDA_LINE": ""}, {"_NATOAGENDA_LINE": "natoagenda topic \x1b\udcff"},
    {"_NATOAGENDA_LINE": "natoagenda topic " + "x" * 50_000},
    {"_NATOAGENDA_LINE": "natoagenda --since nooit topic "},
])  # fmt: skip
def test_nothing_makes_completion_speak(variables: dict[str, str]) -> None:
    for shell in ("bash", "zsh", "fish", "pwsh"):
        done = run(env={"_NATOAGENDA_COMPLETE": f"complete_{shell}", **variables})
        assert (done.code, done.stderr) == (0, b"")


def test_a_meeting_without_end_is_not_counted_out(tmp_path: Path) -> None:
    """A file that says so is invalid, and one of the longest meetings is counted."""
    text = hostile_words.letter(1, "woord", "EU")
    for first, last, days in [("0001-01-01", "9999-12-31", 0), ("2024-07-09", "2024-09-06", 60)]:
        file = tmp_path / "a.yaml"
        file.write_text(text.replace("2024-07-09", first).replace("2024-07-11", last), "utf-8")
        assert len(complete.days(context(tmp_path), "")) == days


def test_there_are_not_more_offers_than_anyone_reads() -> None:
    class Item:
        type, help = "plain", "x\n\u202ey" * 500

        def __init__(self, value: str) -> None:
            self.value = value

    words = [f"w{number}" for number in range(5000)]
    passed = list(completion._passed([Item(word) for word in words], own=False))
    assert [word for word, _ in passed] == words[:1000]
    assert all(meaning.isprintable() and len(meaning) <= 200 for _, meaning in passed)


def test_zsh_answers_the_first_tab_too() -> None:
    build()
    script = get_completion_script(
        prog_name="natoagenda", complete_var="_NATOAGENDA_COMPLETE", shell="zsh"
    )
    answer, loaded = script.splitlines()[-2:]
    assert answer == "compdef _natoagenda_completion natoagenda"
    assert loaded == ('if [[ $funcstack[1] == _natoagenda ]]; then _natoagenda_completion "$@"; fi')


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts_can_be_shown(shell: str) -> None:
    done = run(env={"_NATOAGENDA_COMPLETE": f"source_{shell}"})
    assert (done.code, done.stderr) == (0, b"")
    assert f"_NATOAGENDA_COMPLETE=complete_{shell}" in done.out
    assert "natoagenda" in done.out
