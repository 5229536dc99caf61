"""Whole tasks at the explorer: what somebody presses, and what is then there."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from natoagenda.browse import screens, surroundings
from natoagenda.browse.app import Explorer
from natoagenda.browse.places import Page, place_of
from tests.browse.explore import Walk, explore
from tests.conftest import ROOT
from tests.pages import GOLDEN, against_golden

LIBRARY = ROOT / "tests" / "library"
SIZES = [(80, 24), (120, 40), (200, 60)]


def test_find_the_stance_on_china_copy_it_and_follow_footnote_4() -> None:
    async def walk(who: Walk) -> None:
        await who.search("china")
        await who.press("enter")
        assert who.chosen == "mondiale-uitdagingen.1.8"
        await who.press("c")
        assert who.copied == [
            "“Het kabinet blijft tegelijkertijd onverminderd inzetten op de dialoog met China; "
            "niet alleen tussen China en bondgenoten onderling, maar ook tussen de NAVO en "
            "China.”\n"
            "— GEANNOTEERDE AGENDA VOOR DE NAVO-TOP IN WASHINGTON D.C. VAN 9 TOT 11 JULI 2024, "
            "p. 6, ¶ 1.8, Kamerstuk 28676, nr. 462, kst-28676-462"
        ]
        await who.sees("copied with its source")
        await who.press("escape")
        await who.search("foreign ministers meeting")
        await who.press("enter")
        assert who.chosen == "mondiale-uitdagingen.2.6"
        await who.press("enter")
        assert who.chosen == "footnote:4"
        await who.sees("Zie persbericht NAVO-website d.d.")
        await who.press("enter")
        assert who.chosen == "mondiale-uitdagingen.2.6"
        await who.press("b")
        assert who.chosen == "footnote:4"
        await who.press("backspace")
        assert who.chosen == "mondiale-uitdagingen.2.6"

    explore(walk)


def test_go_through_the_programme_by_keyboard() -> None:
    async def walk(who: Walk) -> None:
        await who.sees("Ceremonie om het 75-jarig bestaan")
        await who.press("down")
        await who.sees("Informeel diner op het Witte Huis")
        await who.press("right", "down", "enter")
        assert who.app.place.page is Page.SESSION
        await who.sees("Wednesday 10 July 2024, evening")
        await who.press("enter")
        assert (who.app.place.id, who.chosen) == ("programme", "programme.1.3")
        await who.press("left", "end", "home")
        await who.sees("Tuesday 9 July 2024")

    explore(walk)


def test_a_search_narrows_as_one_types_and_finds_what_the_command_finds() -> None:
    async def walk(who: Walk) -> None:
        counts = []
        for typed in ("v", "ve", "vei", "veiligheid", "veiligheidso"):
            await who.search(typed)
            assert who.app._hits is not None
            counts.append(len(who.app._hits.rows))
        assert counts[1] >= counts[2] >= counts[3] > counts[4] > 0
        await who.press("down", "up", "pagedown", "pageup")
        await who.press("escape")
        assert who.app._hits is None
        assert who.field.value == ""
        await who.sees("Wednesday 10 July")

    explore(walk)


def test_leaving_the_search_at_once_leaves_the_page_as_it_is() -> None:
    async def walk(who: Walk) -> None:
        before = who.app.place
        await who.search("china")
        await who.press("escape")
        await who.pilot.pause(0.5)
        assert who.app.place == before
        assert who.app._hits is None

    explore(walk)


def test_leaving_the_search_leads_back_to_where_it_was_begun() -> None:
    async def walk(who: Walk) -> None:
        before = who.app.place
        await who.search("zware wapens")
        await who.until(lambda: who.app.agenda.id == "verzonnen-top-2022", "the hit's letter")
        await who.press("escape")
        assert who.app.place == before
        await who.sees("3-4 October 2024")
        await who.search("zware wapens")
        await who.press("enter", "escape")
        assert who.app.agenda.id == "verzonnen-top-2022", "a hit that was taken stays"
        await who.press("b")
        assert who.app.place == before

    explore(walk, LIBRARY)


def test_quitting_in_the_middle_of_a_search_and_searching_under_another_screen() -> None:
    async def quit_at_once(who: Walk) -> None:
        await who.search("deterrence")
        who.app.exit()

    explore(quit_at_once)

    async def behind(who: Walk) -> None:
        await who.search("china")
        who.app.action_help()
        await who.pilot.pause(0.5)
        assert who.app.place.page is Page.SECTION, "what was to be shown is shown behind it"
        await who.press("escape")
        await who.sees("3 found")

    explore(behind)


def test_tab_goes_from_the_list_to_the_page_and_back() -> None:
    async def walk(who: Walk) -> None:
        for side in ("page", "list", "page"):
            await who.press("tab")
            assert who.app.focused is who.list(f"#{side}")
        await who.press("slash", "tab")
        assert who.app.focused is who.list()

    explore(walk)


def test_nothing_found_says_which_words_would() -> None:
    async def walk(who: Walk) -> None:
        await who.search("patriott")
        await who.sees("nothing matches 'patriott'; these words would: Patriot")
        before = who.app.place  # a hit's where somebody slow had "patriot" answered on the way
        await who.press("enter", "down")
        assert who.app.place == before
        for _ in "patriott":
            await who.press("backspace")
        assert who.app._hits is None

    explore(walk)


def test_search_finds_footnotes_references_sessions_and_headings() -> None:
    async def walk(who: Walk) -> None:
        for typed, page, chosen in (
            ("persbericht", Page.FOOTNOTES, "footnote:4"),
            ("2794", Page.FOOTNOTES, "footnote:5"),
            ("witte huis diner", Page.SESSION, "programme.1.3"),
            ("hybride dreigingen", Page.SECTION, "hybride-dreigingen.1.7"),
        ):
            await who.press("escape")
            await who.search(typed)
            rows = who.app._hits.rows if who.app._hits else []
            places = [place_of(row) for row in rows]
            at = next(n for n, place in enumerate(places) if place.page is page)
            await who.press(*["down"] * at, "enter")
            assert who.app.place.page is page
            assert who.chosen == chosen

    explore(walk)


def test_stances_only_and_back() -> None:
    async def walk(who: Walk) -> None:
        await who.press("s")
        await who.sees("stances only")
        await who.sees("All Dutch stances")
        assert who.app.place.page is Page.ROLE
        await who.press("home")
        await who.sees("Steun aan Oekraïne")
        await who.until(lambda: who.app.place.id == "steun-aan-oekraine")
        assert "The whole section" not in who.shown()
        assert {item.key for item in who.app._items if item.key} == {
            "steun-aan-oekraine.1.4", "steun-aan-oekraine.2.4",
        }  # fmt: skip
        await who.search("rusland")
        roles = {row.id for row in who.app._hits.rows} if who.app._hits else set()
        await who.press("escape", "s")
        await who.search("rusland")
        assert who.app._hits
        assert roles < {row.id for row in who.app._hits.rows}

    explore(walk)


def test_english_is_marked_as_unofficial_and_goes_again() -> None:
    async def walk(who: Walk) -> None:
        await who.press("e")
        await who.sees("Annotated Agenda for the NATO Summit")
        await who.sees("English: unofficial translation")
        await who.search("deterrence")
        await who.press("enter", "e")
        await who.sees("GEANNOTEERDE AGENDA")
        assert "unofficial" not in who.shown().split("\n")[1]

    explore(walk, size=(120, 40))


def test_a_lang_from_the_command_line() -> None:
    async def walk(who: Walk) -> None:
        await who.sees("Annotated Agenda")

    explore(walk, lang="en")


def test_open_the_reference_s_address(monkeypatch: pytest.MonkeyPatch) -> None:
    async def walk(who: Walk) -> None:
        await who.search("motie dassen")
        await who.press("enter", "o")
        assert who.opened == ["https://zoek.officielebekendmakingen.nl/kst-21501-02-2825.html"]
        monkeypatch.delenv("DISPLAY")
        await who.press("o")
        assert len(who.opened) == 1
        assert who.copied == who.opened
        await who.sees("its address is copied")

    for name in ("WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    explore(walk)


def test_nothing_to_copy_open_or_compare_is_said() -> None:
    async def walk(who: Walk) -> None:
        who.app._items = [item._replace(key="", quote="", url=None) for item in who.app._items]
        await who.press("c")
        await who.sees("nothing to quote here")
        await who.press("o")
        await who.sees("no address follows")
        await who.press("v")
        await who.sees("choose a topic first")
        await who.press("b")

    explore(walk, size=(120, 40))


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"BROWSER": "firefox"}, True),
        ("darwin", {}, True),
        ("win32", {"SSH_CONNECTION": "1 2 3 4"}, False),
    ],
)
def test_whether_there_is_a_browser(
    platform: str, environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    assert surroundings.has_browser() is expected


def test_compare_a_topic_across_meetings() -> None:
    async def walk(who: Walk) -> None:
        await who.search("oekraïne")
        await who.press("enter", "v")
        await who.until(lambda: isinstance(who.app.screen, screens.Comparing), "the comparison")
        for words in ("in 4 meetings", "28-29 June 2022", "11-12 July 2023", "~", "- gone"):
            await who.sees(words)
        await who.sees("verzonnen-raad-2023 is not reviewed")
        await who.press("end")
        await who.sees("= the same · ~ changed · + new · - gone since the letter before")
        await who.press("question_mark")
        await who.sees("compare this topic across meetings")
        await who.press("escape")
        await who.pilot.resize_terminal(50, 12)
        await who.sees("browse needs 60 by 16")
        await who.pilot.resize_terminal(200, 60)
        await who.press("e")
        await who.sees("unofficial translation")
        await who.press("escape")
        assert len(who.app.screen_stack) == 1

    explore(walk, LIBRARY, size=(200, 60))


def test_compare_where_one_letter_has_it() -> None:
    async def walk(who: Walk) -> None:
        await who.search("hybride")
        await who.press("enter", "v")
        await who.sees("nothing to compare it with")
        assert str(who.app.screen_stack[0].query_one("#said", Static).render()) == "9 found"
        await who.press("v")
        assert len(who.app.screen_stack) == 1

    explore(walk)


def test_compare_keeps_to_the_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    async def walk(who: Walk) -> None:
        await who.search("oekraïne")
        await who.press("enter", "v")
        await who.sees("the latest that have it; natoagenda compare shows all")
        await who.sees("in 2 meetings")

    monkeypatch.setattr("natoagenda.browse.desk.MOST_LETTERS", 2)
    explore(walk, LIBRARY)


def test_choose_another_meeting() -> None:
    async def walk(who: Walk) -> None:
        assert who.app.agenda.id == "verzonnen-top-2024"
        await who.press("m")
        await who.sees("4 meetings")
        await who.type("2022")
        await who.sees("1 meeting")
        await who.press("down", "up", "enter")
        assert who.app.agenda.id == "verzonnen-top-2022"
        await who.sees("28-29 June 2022")
        await who.press("b")
        assert who.app.agenda.id == "verzonnen-top-2024"
        await who.press("m")
        await who.type("nergens")
        await who.sees("0 meetings")
        await who.press("down", "enter", "escape")
        assert who.app.agenda.id == "verzonnen-top-2024"

    explore(walk, LIBRARY)


def test_a_hit_in_another_letter_shows_that_letter() -> None:
    async def walk(who: Walk) -> None:
        await who.search("zware wapens")
        await who.sees("verzonnen-top-2022")
        await who.press("enter")
        assert who.app.agenda.id == "verzonnen-top-2022"
        await who.press("escape")
        await who.sees("28-29 June 2022")

    explore(walk, LIBRARY)


def test_the_mouse_does_what_the_keyboard_does() -> None:
    async def walk(who: Walk) -> None:
        await who.pilot.click("Timeline", offset=(25, 1))
        await who.sees("Wednesday 10 July 2024")
        await who.pilot.click("Timeline", offset=(77, 1))
        await who.sees("No day given")
        await who.pilot.click("#list", offset=(3, 7))
        await who.until(lambda: who.app.place.page is not Page.DAY)
        await who.pilot.click("Keys", offset=(13, 0))
        await who.until(lambda: who.app.stances_only)
        await who.press("m")
        await who.pilot.click(OptionList, offset=(3, 0))
        await who.until(lambda: len(who.app.screen_stack) == 1)

    explore(walk)


def test_the_help_names_every_key() -> None:
    async def walk(who: Walk) -> None:
        await who.press("question_mark")
        for keys, what in screens.KEYS:
            await who.sees(what)
            assert keys
        await who.press("q")

    explore(walk, size=(100, 40))
    named = " ".join(keys for keys, _ in screens.KEYS).lower()
    keys = {
        "ctrl+c": "q",
        "shift+tab": "tab",
        "slash": "/",
        "question_mark": "?",
        "escape": "esc",
        "right": "→",
        "left": "←",
    }
    for binding in Explorer.BINDINGS:
        key = binding[0] if isinstance(binding, tuple) else binding.key
        for each in key.split(","):
            assert keys.get(each, each) in named


def test_notes_are_shown_and_markup_in_them_is_text() -> None:
    async def walk(who: Walk) -> None:
        await who.sees("left out: [red]x.yaml: broken")

    explore(walk, notes=("left out: [red]x.yaml: broken",), size=(120, 40))


def test_a_terminal_that_is_too_small_says_so() -> None:
    async def walk(who: Walk) -> None:
        await who.sees("This terminal has 50 columns and 12 lines; browse needs 60 by 16")
        await who.pilot.resize_terminal(100, 30)
        await who.sees("Steun aan Oekraïne")
        await who.pilot.resize_terminal(100, 10)
        await who.sees("browse needs 60 by 16. q leaves")

    explore(walk, size=(50, 12))


def test_a_letter_that_nobody_reviewed_says_so() -> None:
    async def walk(who: Walk) -> None:
        await who.press("m")
        await who.type("raad")
        await who.press("enter")
        await who.sees("not reviewed: roles and programme are proposals of rules")

    explore(walk, LIBRARY, size=(120, 40))


def test_what_would_steer_a_terminal_is_shown(tmp_path: Path) -> None:
    text = (LIBRARY / "verzonnen-top-2024.yaml").read_text("utf-8")
    bad = "\\e]52;c;aGk=\\a\\e[2J\\u202E[bold]"
    file = tmp_path / "a.yaml"
    title = "Veiligheid in het oosten"
    assert title in text
    file.write_text(text.replace(f"nl: {title}", f'nl: "{title}{bad}"'), "utf-8")

    async def walk(who: Walk) -> None:
        await who.sees("␛]52;c;aGk=␇␛[2J⟨U+202E⟩[bold]")
        svg = who.app.export_screenshot()
        assert "\x1b" not in svg
        assert "\u202e" not in svg
        await who.search("oosten")
        await who.sees("␛]52")

    explore(walk, file, size=(200, 40))


@pytest.mark.parametrize("size", SIZES)
def test_screens_look_as_they_did(size: tuple[int, int]) -> None:
    name = f"browse-{size[0]}x{size[1]}"
    seen: dict[str, str] = {}

    async def look(who: Walk, screen: str) -> None:
        """Keep what is shown, as soon as it is whole: as it was, or after a while."""
        file = GOLDEN / f"{name}-{screen}.txt"
        wanted = file.read_text(encoding="utf-8") if file.exists() else ""
        for _ in range(100):
            seen[screen] = who.shown() + "\n"
            if seen[screen] == wanted:
                return
            await who.pilot.pause(0.05)

    async def walk(who: Walk) -> None:
        await who.sees("9-11 July 2024")  # the head has its height
        await look(who, "day")
        await who.search("china")
        await who.until(lambda: who.app.place.page is Page.SECTION)
        await look(who, "search")
        await who.press("enter", "question_mark")
        await look(who, "help")

    explore(walk, size=size)
    for screen, shown in seen.items():
        assert max(map(len, shown.split("\n"))) <= size[0]
        against_golden(f"{name}-{screen}", shown)


def test_colours_are_the_terminal_s_own() -> None:
    async def walk(who: Walk) -> None:
        static = who.app.query_one("#head", Static)
        assert static.rich_style.color is None or static.rich_style.color.is_default
        assert who.app.native_ansi_color

    explore(walk)
