"""The page in a real browser: the tasks that the explorer is tested by, and printing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens the page in a browser that is offline; nothing may go wrong on it."""
    contexts = []
    problems: list[str] = []
    asked: list[str] = []

    def opened(fragment: str = "", **settings: Any) -> Page:
        context = chromium.new_context(**settings)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []
    assert {url.split("#")[0] for url in asked} == {address}


def test_find_the_stance_on_china_and_follow_footnote_4(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("china dialoog")
    stance = page.locator(".quotes.stance .item", has_text="inzetten op de dialoog met China")
    expect(stance).to_be_visible()
    expect(page.locator("#found")).to_have_text("2 places")
    expect(page.locator(".quotes .item:visible")).to_have_count(1)
    expect(page.locator("#programme")).to_be_hidden()
    page.fill("#filter", "expertgroep")
    call = page.locator("#call-4")
    expect(call).to_be_visible()  # the folded section has opened
    call.click()
    note = page.locator("#footnote-4")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("Zie persbericht NAVO-website d.d. 7 mei 2024")
    note.locator("a", has_text="↩").click()
    expect(call).to_be_in_viewport()
    page.focus("#filter")
    page.keyboard.press("Escape")
    expect(page.locator("#programme")).to_be_visible()
    expect(page.locator("details").first).not_to_have_attribute("open", "")


def test_the_filter_folds_accents_and_hides_what_is_empty(open_page: Open) -> None:
    page = open_page()
    page.fill("#filter", "oekraine")
    expect(page.locator("#found")).to_have_text("21 places")
    page.fill("#filter", "qwijbus")
    expect(page.locator("#found")).to_have_text("0 places")
    expect(page.locator("main .item:visible")).to_have_count(0)
    expect(page.locator("main h3:visible")).to_have_count(0)
    page.fill("#filter", "")
    expect(page.locator("#found")).to_have_text("")


def test_languages(open_page: Open) -> None:
    page = open_page()
    dutch = page.get_by_text("Het kabinet ondersteunt dit.", exact=True).first
    english = page.get_by_text("The government supports this.", exact=True).first
    expect(dutch).to_be_visible()
    expect(english).to_be_hidden()
    page.get_by_label("English").check()
    expect(dutch).to_be_hidden()
    expect(english).to_be_visible()
    page.get_by_label("both").check()
    expect(dutch).to_be_visible()
    expect(english).to_be_visible()


def test_without_javascript(open_page: Open) -> None:
    page = open_page("#statement-mondiale-uitdagingen.2.6", java_script_enabled=False)
    expect(page.locator("#filter")).to_be_hidden()
    expect(page.locator("[id='statement-mondiale-uitdagingen.2.6']")).to_be_visible()
    page.get_by_label("English").check()
    expect(page.get_by_text("The government supports this.", exact=True).first).to_be_visible()
    page.locator("nav a", has_text="Footnotes").click()
    expect(page.locator("#footnotes")).to_be_in_viewport()
    page.get_by_label("both").check()
    page.locator("details summary").first.click()
    expect(page.locator("[id='statement-steun-aan-oekraine.1.1']")).to_be_visible()


def test_by_keyboard(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#topics")).to_be_in_viewport()
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        )
    assert {"The whole section", "call-3", "↩"} <= reached


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_accessible_and_not_wider_than_the_screen(open_page: Open, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    page.get_by_label("both").check()
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [n["html"][:90] for n in each["nodes"][:2]]) for each in found] == []


def test_printed_it_is_a_handout_of_a_few_pages(open_page: Open, tmp_path: Any) -> None:
    page = open_page()
    page.pdf(path=tmp_path / "top.pdf", prefer_css_page_size=True)
    printed = pypdfium2.PdfDocument(tmp_path / "top.pdf")
    assert 3 <= len(printed) <= 6
    text = " ".join(
        " ".join(printed[at].get_textpage().get_text_range().split()) for at in range(len(printed))
    )
    for words in (
        "Wednesday 10 July 2024", "Het kabinet ondersteunt dit.", "de dialoog met China",
        "Zie persbericht NAVO-website", "unofficial translation",
    ):  # fmt: skip
        assert words in text
    assert "The whole section" not in text
