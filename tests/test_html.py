"""The page of HTML: what is on it, how it hangs together, and that nothing gets in or out."""

from __future__ import annotations

import base64
import datetime
import hashlib
import itertools
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html

from natoagenda.model import Agenda, Role
from natoagenda.output.html import page
from natoagenda.visible import visible
from tests.cli.program import one_message, run
from tests.conftest import ROOT
from tests.test_output import HOSTILE, hostile

replace = msgspec.structs.replace
LIBRARY = str(ROOT / "tests" / "library")


def read(agenda: Agenda, **how: Any) -> Any:
    return html.document_fromstring(page(agenda, **how))


@pytest.fixture(scope="module")
def document(washington: Agenda) -> Any:
    return read(washington)


@pytest.fixture(scope="module")
def bare(washington: Agenda) -> Agenda:
    return replace(
        washington,
        title_en=None,
        venue=None,
        delegation=(),
        sessions=(),
        references=(),
        footnotes=(),
        sections=tuple(
            replace(
                section,
                title=None,
                title_en=None,
                calls=(),
                statements=tuple(
                    replace(each, text_en=None, calls=(), role=Role.BACKGROUND, about=())
                    for each in section.statements
                ),
            )
            for section in washington.sections[-1:]
        ),
        document=replace(washington.document, citation=None, id=None, date=None),
        reviewed=False,
    )


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_every_sentence_footnote_and_reference_is_on_it(washington: Agenda, document: Any) -> None:
    for statement in washington.statements():
        (found,) = document.xpath("//span[@id=$id]", id=f"statement-{statement.id}")
        pieces = found.xpath("text() | sup/following-sibling::text()[1]")
        assert "".join(dict.fromkeys(pieces)) == statement.text
    for footnote in washington.footnotes:
        (found,) = document.xpath("//li[@id=$id]", id=f"footnote-{footnote.number}")
        assert footnote.text in words(found)
        assert footnote.text_en
        assert footnote.text_en in words(found)
    for reference in washington.references:
        (found,) = document.xpath("//li[@id=$id]", id=f"reference-{reference.id}")
        assert reference.title.nl in words(found)
        if reference.url:
            assert found.xpath(".//a/@href")[0] == reference.url
    for session in washington.sessions:
        (found,) = document.xpath("//li[@id=$id]", id=f"session-{session.id}")
        assert session.title.nl in words(found)
        assert all(name.nl in words(found) for name in session.participants)


def test_the_programme_is_a_line_of_days(document: Any) -> None:
    days = document.xpath("//ol[@class='timeline']/li")
    assert [words(day.find("h3")) for day in days] == [
        "Tuesday 9 July 2024", "Wednesday 10 July 2024", "Thursday 11 July 2024", "No day given",
    ]  # fmt: skip
    assert [len(day.findall("ol/li")) for day in days] == [1, 4, 2, 1]


def test_stances_come_first_with_what_they_are_about(document: Any) -> None:
    for article in document.xpath("//section[@id='topics']/article"):
        assert words(article.findall("h4")[0]) == "Dutch stance"
    (hybrid,) = document.xpath("//article[@id='section-hybride-dreigingen']")
    (stance,) = hybrid.xpath("./ul[contains(@class, 'stance')]/li")
    assert words(stance).startswith("Het kabinet ondersteunt dit. The government supports this.")
    assert "op: Tijdens de NAVO-Top in Washington zullen bondgenoten" in words(stance)
    assert words(stance).endswith("p. 5, ¶ 1.7")
    assert words(article.xpath("./details/summary")[0]) == "The whole section"


@pytest.mark.parametrize("which", ["whole", "bare", "hostile"])
def test_every_link_leads_somewhere_and_names_are_single(
    which: str, washington: Agenda, bare: Agenda
) -> None:
    agenda = {"whole": washington, "bare": bare, "hostile": hostile(washington, "".join(HOSTILE))}
    document = read(agenda[which])
    ids = Counter(document.xpath("//@id"))
    assert not {name for name, number in ids.items() if number > 1}
    for target in document.xpath("//@href"):
        if target.startswith("#"):
            assert target[1:] in ids, target
        else:
            assert target.startswith("https://zoek.officielebekendmakingen.nl/"), target
    for attribute in ("aria-labelledby", "for"):
        assert set(document.xpath(f"//@{attribute}")) <= set(ids)


def test_footnotes_jump_both_ways(washington: Agenda, document: Any) -> None:
    for footnote in washington.footnotes:
        calls = document.xpath("//sup/a[@href=$to]", to=f"#footnote-{footnote.number}")
        assert calls
        assert calls[0].get("id") == f"call-{footnote.number}"
        (note,) = document.xpath("//li[@id=$id]", id=f"footnote-{footnote.number}")
        targets = note.xpath(".//a/@href")
        assert f"#call-{footnote.number}" in targets
        assert f"#statement-{footnote.called_from}" in targets


def test_headings_and_landmarks(document: Any, bare: Agenda) -> None:
    for each in (document, read(bare)):
        levels = [int(h.tag[1]) for h in each.xpath("//h1|//h2|//h3|//h4|//h5")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        for landmark in ("header", "nav", "main", "footer"):
            assert len(each.xpath(f"//body//{landmark}")) == 1
        assert each.get("lang") == "nl"
        assert each.xpath("//label[@for='filter']|//label[input[@id='filter']]")


def test_english_says_that_it_is_english(document: Any) -> None:
    assert not document.xpath("//*[contains(concat(' ', @class, ' '), ' en ')][not(@lang='en')]")
    for heading in document.xpath("//h2"):
        assert heading.get("lang") == "en"
    assert "English (unofficial translation)" in words(document.xpath("//fieldset")[0])
    assert "The English is an unofficial translation." in words(document.xpath("//footer")[0])


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_language_that_is_shown_first(lang: str, washington: Agenda) -> None:
    chosen = read(washington, lang=lang).xpath("//input[@type='radio'][@checked]/@id")
    assert chosen == [f"lang-{lang}"]


def test_what_a_letter_lacks_is_not_there(bare: Agenda) -> None:
    text = page(bare)
    document = html.document_fromstring(text)
    assert not document.xpath("//fieldset|//section[@id='footnotes']|//section[@id='references']")
    assert "The letter gives no programme." in text
    assert "The letter states no Dutch stance on this topic." in text
    assert "English" not in words(document.xpath("//body")[0])
    assert "is not reviewed: roles and programme are proposals of rules" in text
    none = read(replace(bare, sections=()))
    assert "The letter has none." in words(none.xpath("//section[@id='topics']")[0])


def test_nothing_is_fetched_and_the_policy_names_what_runs(washington: Agenda) -> None:
    text = page(washington)
    document = html.document_fromstring(text)
    names = ("style", "script")
    assert not document.xpath("//@src|//link|//img|//iframe|//object|//form|//@style|//@onclick")
    (style,), (script,) = (re.findall(rf"<{n}>(.*?)</{n}>", text, re.S) for n in names)
    assert not re.search(r"url\(|@import|https?:", style)
    assert not re.search(r"https?:|fetch|XMLHttp|import|eval|innerHTML", script)
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    for part in (style, script):
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_what_would_run_or_steer_is_shown(washington: Agenda) -> None:
    bad = "<script>alert(1)</script>\x1b[2J\u202e&amp;\ud800\x00"
    text = page(hostile(washington, bad))
    assert text.count("<script>") == 1
    assert "\x1b" not in text
    assert "\u202e" not in text
    text.encode("utf-8")
    shown = words(html.document_fromstring(text).xpath("//main")[0])
    assert " ".join(visible(bad).split()) in shown


def test_the_same_agenda_makes_the_same_page(washington: Agenda) -> None:
    assert page(washington) == page(washington)


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast(theme: int) -> None:
    css = (ROOT / "src" / "natoagenda" / "output" / "page.css").read_text("utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w{6})", css.split(":root {")[theme + 1].split("}")[0]))
    for ground in ("paper", "soft"):
        for ink, least in (("ink", 7.0), ("dim", 4.5), ("link", 4.5), ("warn", 4.5), ("mark", 3.0)):
            one, other = sorted([luminance(colours[ink]), luminance(colours[ground])])
            assert (other + 0.05) / (one + 0.05) >= least, (ink, ground)


# -- the command ---------------------------------------------------------------------------


def test_the_command_writes_the_page(washington: Agenda, tmp_path: Path) -> None:
    done = run("export", "html", env={"XDG_DATA_HOME": str(tmp_path)})
    assert (done.code, done.err) == (0, "")
    assert done.out == page(washington)
    assert run("export", "html", "--lang", "en").out == page(washington, "en")


def test_of_a_library_it_takes_the_latest_or_the_one_named() -> None:
    done = run("export", "html", "--data", LIBRARY)
    assert done.code == 0
    assert "verzonnen NAVO-top van 3 en 4 oktober 2024</title>" in done.out
    assert one_message(done).startswith("verzonnen-top-2024 is the latest; --agenda ID shows")
    done = run("export", "html", "--data", LIBRARY, "--agenda", "verzonnen-top-2022")
    assert (done.code, done.err) == (0, "")
    done = run("export", "html", "--data", LIBRARY, "--since", "2030")
    assert done.code == 1
    assert done.stdout == b""


def test_it_takes_no_format() -> None:
    done = run("export", "html", "--json")
    assert done.code == 2
    assert one_message(done) == "html has no formats, and takes no --format"


def test_a_letter_on_one_day(washington: Agenda) -> None:
    one = replace(washington, ends=washington.starts, starts=datetime.date(2024, 7, 9))
    assert "9 July 2024 · NAVO" in words(read(one).xpath("//header")[0])
