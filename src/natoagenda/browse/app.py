"""The explorer's main screen: the list on the left, the page on the right, search above both.

It holds what is looked at (a `Place`), what is searched, and the two switches (stances only,
English); everything that is shown follows from these.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen as TextualScreen
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static

from natoagenda.browse import desk as desks
from natoagenda.browse import screens
from natoagenda.browse.contents import Item, Writer
from natoagenda.browse.desk import Desk, Hits
from natoagenda.browse.ending import run_to_the_end
from natoagenda.browse.places import Entry, Page, Place, day_place, days, outline, place_of
from natoagenda.browse.surroundings import has_browser, is_gone, too_small
from natoagenda.browse.timeline import Timeline
from natoagenda.browse.widgets import Keys, List, SearchField, theme
from natoagenda.errors import NatoagendaError
from natoagenda.library import Agendas, Library
from natoagenda.model import Agenda, Role
from natoagenda.output import UNOFFICIAL, Lang, Screen, days_words, leads, page_words
from natoagenda.output.pieces import marked, tier
from natoagenda.output.table import Pen, grid, stack, styled
from natoagenda.search import Hit
from natoagenda.visible import visible

_MOMENT = 0.05
_PAUSE = 0.2
"""Seconds; a page is written when for so long nothing else was chosen, or typed."""

_AT_FIRST = 12
"""Hits that are drawn while one types; the others follow when one does not."""

_KEYS = (
    ("/", "search", "search"),
    ("s", "stances", "stances"),
    ("e", "English", "english"),
    ("c", "copy", "copy"),
    ("o", "open", "open"),
    ("v", "compare", "compare"),
    ("m", "meetings", "meetings"),
    ("?", "help", "help"),
    ("q", "quit", "quit"),
)
_KEYS_IN_FIELD = (("↑ ↓", "hits", None), ("Enter", "go there", None), ("Esc", "leave", "leave"))
"""What the last line names: keys, what they do, and the action that a click on it does."""


class Answered(Message):
    """The desk has an answer."""

    def __init__(self, sort: str, result: Any) -> None:
        """Remember what it is."""
        super().__init__()
        self.sort = sort
        self.result = result


class Progress(Message):
    """The desk is at work: so much is done, of how much."""

    def __init__(self, done: int, whole: int) -> None:
        """Remember how much."""
        super().__init__()
        self.done = done
        self.whole = whole


class Explorer(App[None]):
    """The program on the screen."""

    TITLE = "natoagenda"
    ENABLE_COMMAND_PALETTE = False
    CSS: ClassVar[str] = """
    Screen { layers: below above; background: ansi_default; }
    #head { height: auto; max-height: 5; padding: 0 1; }
    Timeline { margin: 0 1; }
    #body { height: 1fr; border-top: solid ansi_blue; }
    #left { width: 2fr; min-width: 24; max-width: 56; }
    #search { height: 1; border: none; padding: 0 1; background: ansi_default; }
    #search:focus { border: none; background-tint: transparent 0%; }
    #said { height: 1; padding: 0 1; color: ansi_yellow; }
    #page { width: 4fr; border-left: solid ansi_blue; }
    #page:focus { border-left: solid ansi_blue; }
    #page:blur > .option-list--option-highlighted { color: ansi_default; }
    #small { display: none; layer: above; width: 100%; height: 100%; padding: 1 2; }
    Screen.small #small { display: block; }
    Screen.small #all { display: none; }
    #all { height: 1fr; }
    Toast { background: ansi_default; color: ansi_default; border-left: outer ansi_green; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        # First of all, so that what is typed right after it goes into the field.
        Binding("slash", "search", "search", priority=True),
        ("s", "stances", "stances"),
        ("e", "english", "English"),
        ("c", "copy", "copy"),
        ("o", "open", "open"),
        ("v", "compare", "compare"),
        ("m", "meetings", "meetings"),
        ("question_mark", "help", "help"),
        ("q", "quit", "quit"),
        Binding("ctrl+c", "quit", "quit", show=False, priority=True),
        Binding("tab,shift+tab", "other_side", "the list or the page", priority=True),
        ("escape", "leave", "leave"),
        ("right", "go_right", "to the page"),
        ("left", "go_left", "to the list"),
        ("backspace,b", "go_back", "back"),
    ]

    def __init__(
        self,
        found: Library,
        chosen: Agendas,
        load: desks.Load,
        *,
        lang: Lang = "nl",
        notes: Sequence[str] = (),
    ) -> None:
        """Begin with the latest meeting.

        Args:
            found: the library.
            chosen: the agendas in play, at least one.
            load: loads both once more, for the thread that searches.
            lang: the language of texts.
            notes: sentences to show at the beginning.
        """
        super().__init__(ansi_color=True)
        self.register_theme(own := theme(colours=not self.no_color))
        self.theme = own.name
        self.found = found
        self.chosen = chosen
        self.lang: Lang = lang
        self.stances_only = False
        self.agenda: Agenda = chosen[-1]
        self.place = self._first_place()
        self._notes = notes
        self._desk = Desk(load)
        self._items: list[Item] = []
        self._entries: list[Entry] = []
        self._hits: Hits | None = None
        self._past: list[Place] = []
        self._shown: tuple[Any, ...] = ()
        self._soon: Timer | None = None
        self._head: Text | None = None
        self._before: Place | None = None

    # -- the screen --------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        with Vertical(id="all"):
            yield Static(id="head")
            yield Timeline()
            with Horizontal(id="body"):
                with Vertical(id="left"):
                    yield SearchField(id="search", placeholder="/ search", compact=True)
                    yield Static(id="said")
                    yield List(id="list")
                yield List(id="page")
            yield Keys(_KEYS)
        yield Static(id="small")

    def on_mount(self) -> None:
        """Show the first page."""
        self._focus("#list")
        self.call_after_refresh(self._begin)
        if not self.is_headless:
            self.set_interval(1, self._leave_with_the_terminal)

    def _leave_with_the_terminal(self) -> None:
        """Leave if the terminal is gone and nobody said so; Textual would read on for ever."""
        if is_gone(sys.__stdin__):
            self.exit()

    def _begin(self) -> None:
        self._show_list()
        self.show(self.place)
        for note in self._notes:
            self._tell(note, seconds=10)

    def on_resize(self, event: Resize) -> None:
        """Write the page for the new width, or say that there is no room."""
        said = too_small(*event.size)
        self._main.set_class(bool(said), "small")
        if said:
            self._main.query_one("#small", Static).update(said)
        elif self._shown:
            self.call_after_refresh(self._show_all)

    def on_unmount(self) -> None:
        """End the thread."""
        self._desk.close()

    def _fatal_error(self) -> None:
        # Textual would print a traceback; ours is told by `cli` in a sentence (see `run_or_fail`).
        self._close_messages_no_wait()

    def run_or_fail(self) -> None:
        """Run until it is left, or a signal ends the program once the screen is given back.

        Raises:
            Exception: the fault that ended it, if one did.
        """
        run_to_the_end(self)
        if self._exception is not None:
            raise self._exception

    @property
    def _main(self) -> TextualScreen[Any]:
        """The screen under all others, which parts are looked for on whatever is on top."""
        return self.screen_stack[0]

    def _is_there(self) -> bool:
        """Whether the screen stands, and is not being taken down."""
        return bool(self.screen_stack and self._main.query("#page"))

    @property
    def pen(self) -> Pen:
        """What writes pieces as wide as the page."""
        page = self._main.query_one("#page", List)
        return Pen(self._screen(page.scrollable_content_region.width - 2))

    def _screen(self, width: int) -> Screen:
        return Screen(width=max(width, 20), color=True, links=True, lang=self.lang)

    # -- what is shown -----------------------------------------------------------------------

    def show(self, place: Place, *, remember: bool = False) -> None:
        """Show a place.

        Args:
            place: where.
            remember: whether `back` leads to the place that was shown before.
        """
        self._forget()
        if remember and place != self.place:
            self._past.append(self.place)
        if place.agenda != self.agenda.id:
            self.agenda = self.found.named([place.agenda])[0]
            self._shown = ()
            self.place = place
            if self._hits is None:
                self._show_list()
        self.place = place
        self._show_page()
        self._show_head()
        if self._hits is None:
            self._mark_entry()

    def _show_soon(self, place: Place, seconds: float = _MOMENT) -> None:
        """Show a place unless another is to be shown meanwhile."""
        self._wait(seconds, lambda: self.show(place))

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        """Do something unless something else is to be done meanwhile."""
        self._forget()
        self._soon = self.set_timer(seconds, lambda: then() if self._is_there() else None)

    def _forget(self) -> None:
        """Do nothing of what was to be done in a moment."""
        if self._soon is not None:
            self._soon.stop()

    def _show_all(self) -> None:
        self._shown = ()
        self._show_list()
        self.show(self.place)

    def _show_head(self) -> None:
        agenda = self.agenda
        pen = Pen(self._screen(self.size.width))
        facts = [
            days_words(agenda.starts, agenda.ends),
            agenda.organisation,
            agenda.document.citation or "",
            agenda.id,
        ]
        flags = [
            "stances only" if self.stances_only else "",
            f"English: {UNOFFICIAL}" if self.lang == "en" else "",
            "" if agenda.reviewed else "not reviewed: roles and programme are proposals of rules",
        ]
        line = styled(" · ".join(filter(None, facts)), "dim")
        for flag in filter(None, flags):
            line.append(" · ", "dim").append(flag, "bold yellow")
        head = stack([pen.words(agenda.title, agenda.title_en, "bold"), line])
        if head != self._head:  # another height, perhaps
            self._head = head
            self._main.query_one("#head", Static).update(Group(head))
        marked_day: Any = ""
        if self.place.page is Page.DAY:
            marked_day = next(d for d in days(agenda) if day_place(agenda, d).id == self.place.id)
        elif self.place.page is Page.SESSION:
            marked_day = next(s.date for s in agenda.sessions if s.id == self.place.id)
        self._main.query_one(Timeline).show(days(agenda), marked_day)

    def _show_page(self) -> None:
        page = self._main.query_one("#page", List)
        pen = self.pen
        shown = (self.agenda.id, self.place.page, self.place.id, pen.screen, self.stances_only)
        if shown != self._shown:
            writer = Writer(self.agenda, pen.screen, stances_only=self.stances_only)
            self._items = writer.page(self.place)
            self._shown = shown
            lines = [(item.content, bool(item.key)) for item in self._items]
            page.fill(lines, self._item_at(self.place.item))
            if not self.place.item:
                page.scroll_home(animate=False)
        else:
            page.choose(self._item_at(self.place.item))

    def _item_at(self, key: str) -> int | None:
        """Where an item stands on the page; the first that can be chosen where none is named."""
        keys = [item.key for item in self._items]
        if key in keys and key:
            return keys.index(key)
        return next((at for at, found in enumerate(keys) if found), None)

    def _show_list(self, most: int | None = None) -> None:
        """Fill the list on the left: the agenda's parts or, while one searches, hits.

        Args:
            most: hits that are drawn; None draws all.
        """
        left = self._main.query_one("#list", List)
        self._say(self._found_words())
        if self._hits is None:
            self._entries = list(outline(self.agenda, stances_only=self.stances_only))
            left.fill([(self._entry(e), e.place is not None) for e in self._entries], None)
            self._mark_entry()
            return
        rows = self._hits.rows[:most]
        left.fill([(self._hit(row), True) for row in rows], 0 if rows else None)

    def _found_words(self) -> str:
        """What stands under the search field: how many hits there are, while one searches."""
        if self._hits is None:
            return ""
        number = len(self._hits.rows)
        if self._hits.more:
            return f"the best {number}; there are more"
        return f"{number} found" if number else "nothing"

    def _say(self, words: str) -> None:
        """Say something on the line under the search field."""
        # Without laying out the screen anew, which takes longer than anything else here.
        self._main.query_one("#said", Static).update(words, layout=False)

    def _entry(self, entry: Entry) -> RenderableType:
        words = styled(entry.title)
        if entry.title_en is not None:
            words = Pen(self._screen(0)).words(entry.title, entry.title_en)
        if entry.place is None:
            table = grid({"ratio": 1, "style": "bold green"}, {"width": 7, "style": "dim"})
            if entry is not self._entries[0]:
                table.add_row()
            table.add_row(words, entry.unit)
        else:
            table = grid({"ratio": 1}, {"width": 4, "justify": "right", "style": "bold"})
            table.add_row(words, "" if entry.count is None else str(entry.count))
        table.padding = (0, 0, 0, 0)
        return table

    def _hit(self, row: Hit) -> RenderableType:
        pen = Pen(self._screen(0))
        facts = [row.kind.value, page_words([row.page]), tier(row)]
        if len(self.chosen.letters) > 1:
            facts.insert(1, row.agenda)
        return stack(
            [
                marked(row, pen, around=self._main.query_one("#list").size.width),
                styled(" · ".join(facts), "dim"),
            ]
        )

    def _mark_entry(self) -> None:
        """Mark the entry of the page that is shown."""
        wanted = (self.place.page, self.place.id)
        at = next(
            (
                number
                for number, entry in enumerate(self._entries)
                if entry.place and (entry.place.page, entry.place.id) == wanted
            ),
            None,
        )
        self._main.query_one("#list", List).choose(at)

    def _first_place(self) -> Place:
        return next(
            entry.place
            for entry in outline(self.agenda, stances_only=self.stances_only)
            if entry.place
        )

    # -- choosing ----------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#list")
    def _list_moved(self, event: OptionList.OptionHighlighted) -> None:
        place = self._place_in_list(event.option_index)
        if place is not None and self._main.query_one("#list", List).holds(event):
            self._show_soon(place)

    @on(OptionList.OptionSelected, "#list")
    def _list_chosen(self, event: OptionList.OptionSelected) -> None:
        place = self._place_in_list(event.option_index)
        if place is not None:
            self._take(place)

    def _place_in_list(self, at: int) -> Place | None:
        if self._hits is not None:
            return place_of(self._hits.rows[at]) if at < len(self._hits.rows) else None
        return self._entries[at].place if at < len(self._entries) else None

    @on(OptionList.OptionHighlighted, "#page")
    def _page_moved(self, event: OptionList.OptionHighlighted) -> None:
        if not self._main.query_one("#page", List).holds(event):
            return
        item = self._items[event.option_index].key
        self.place = Place(self.agenda.id, self.place.page, self.place.id, item)

    @on(OptionList.OptionSelected, "#page")
    def _page_chosen(self, event: OptionList.OptionSelected) -> None:
        if not self._main.query_one("#page", List).holds(event):
            return
        leads = self._items[event.option_index].leads
        if leads is not None:
            self._follow(leads, event.option_index)

    def _follow(self, leads: Place, at: int) -> None:
        """Go where an item leads; where it stands twice on this page, to the other of the two."""
        before = self.place
        self.show(leads, remember=True)
        keys = [item.key for item in self._items]
        if (before.page, before.id) == (leads.page, leads.id) and keys.count(leads.item) > 1:
            places = [number for number, key in enumerate(keys) if key == leads.item]
            self._main.query_one("#page", List).choose(next((n for n in places if n != at), at))

    def _take(self, place: Place) -> None:
        """Go to a place; from a search `back` leads to where it was begun."""
        if self._before is not None:
            self._past.append(self._before)
            self._before = None
        self.show(place)
        self._focus("#page")

    @on(Timeline.Chosen)
    def _day_chosen(self, event: Timeline.Chosen) -> None:
        self._end_search()
        self.show(day_place(self.agenda, event.date), remember=True)

    def on_descendant_focus(self) -> None:
        """Name the keys that work where the keyboard is."""
        if len(self.screen_stack) == 1:
            typing = isinstance(self.focused, SearchField)
            self._main.query_one(Keys).show(_KEYS_IN_FIELD if typing else _KEYS)

    # -- searching ---------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._forget()
        if self._before is None:
            self._before = self.place
        if not event.value.strip():
            if self._hits is not None:
                self._hits = None
                self._show_list()
            return
        self._search(event.value)

    def _search(self, typed: str) -> None:
        role = Role.STANCE if self.stances_only else None
        lang = self.lang
        tell = self._desk.tell(lambda done, whole: self._post(Progress(done, whole)))
        self._ask(
            "search", lambda found, chosen: desks.find(found, chosen, typed, role, lang, tell)
        )

    def _ask(self, sort: str, work: desks.Work) -> None:
        self._desk.ask(sort, work, lambda result: self._post(Answered(sort, result)))

    def _post(self, message: Message) -> None:
        self.post_message(message)

    @on(Progress)
    def _in_progress(self, event: Progress) -> None:
        if event.done < event.whole and self._is_there():
            words = f"read {event.done:,} of {event.whole:,}"
            self._say(words)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if not self._is_there():
            return
        if isinstance(event.result, NatoagendaError):
            self._tell(str(event.result))
        elif isinstance(event.result, Exception):
            raise event.result
        elif event.sort == "compare":
            self._say(self._found_words())
            if len(self.screen_stack) == 1:
                self.push_screen(screens.Comparing(event.result, self.lang))
        elif event.sort == "nothing":
            if self._hits is not None and not self._hits.rows:
                self._main.query_one("#list", List).fill([(styled(event.result), False)], None)
        elif event.result.typed == self._main.query_one("#search", Input).value:
            self._show_hits(event.result)

    def _show_hits(self, hits: Hits) -> None:
        self._hits = hits
        self._show_list(_AT_FIRST)
        if hits.rows:
            self._wait(_PAUSE, self._settle)
        else:  # which words would hit takes a while to find out, and who types on does not ask
            self._wait(_PAUSE, partial(self._ask, "nothing", hits.nothing))

    def _settle(self) -> None:
        """Nobody types on: list all hits, and show the chosen one's page."""
        left = self._main.query_one("#list", List)
        at = left.highlighted or 0
        self._show_list()
        left.choose(at)
        place = self._place_in_list(at)
        if place is not None:
            self.show(place)

    @on(Input.Submitted, "#search")
    def _search_chosen(self) -> None:
        at = self._main.query_one("#list", List).highlighted
        if self._hits and at is not None:
            self._take(place_of(self._hits.rows[at]))

    def _end_search(self) -> None:
        self._forget()
        field = self._main.query_one("#search", Input)
        with field.prevent(Input.Changed):
            field.value = ""
        if self._hits is not None:
            self._hits = None
            self._show_list()
        if self._before is not None:
            before, self._before = self._before, None
            self.show(before)

    def _focus(self, selector: str) -> None:
        # Not `Widget.focus`, which takes its turn after the keys that are already there.
        self.screen.set_focus(self._main.query_one(selector))

    def _tell(self, words: str, seconds: float = 3) -> None:
        """Say something in a corner for a while."""
        self.notify(visible(words), markup=False, timeout=seconds)

    # -- keys --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave to the other screens what is not theirs."""
        if action == "search" and isinstance(self.focused, SearchField):
            return False
        return len(self.screen_stack) == 1 or action in ("quit", "leave", "help")

    def action_search(self) -> None:
        """Go to the search field."""
        self._focus("#search")

    def action_hit(self, step: int) -> None:
        """Move among the hits while the search field has the keyboard."""
        left = self._main.query_one("#list", List)
        if left.option_count:
            at = 0 if left.highlighted is None else left.highlighted + step
            left.highlighted = max(0, min(at, left.option_count - 1))

    def action_leave(self) -> None:
        """Leave another screen, or the search for the list."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
            return
        self._end_search()
        self._focus("#list")

    def action_other_side(self) -> None:
        """Go from the list to the page, or to the list."""
        self._focus("#page" if self.focused is self._main.query_one("#list") else "#list")

    def action_go_right(self) -> None:
        """Go to the page."""
        self._focus("#page")

    def action_go_left(self) -> None:
        """Go to the list."""
        self._focus("#list")

    def action_go_back(self) -> None:
        """Show what was shown before a link was followed."""
        if self._past:
            self.show(self._past.pop())

    def action_stances(self) -> None:
        """Show Dutch stances and nothing else, or everything again."""
        self.stances_only = not self.stances_only
        entries = outline(self.agenda, stances_only=self.stances_only)
        wanted = (self.place.page, self.place.id)
        if self.stances_only and wanted not in [
            (entry.place.page, entry.place.id) for entry in entries if entry.place
        ]:
            self.place = Place(self.agenda.id, Page.ROLE, Role.STANCE.value)
        self._again()

    def action_english(self) -> None:
        """Show translations, or the letter's words again."""
        self.lang = "nl" if self.lang == "en" else "en"
        self._again()

    def _again(self) -> None:
        """Show everything anew, after a switch."""
        if self._hits is not None:
            self._search(self._hits.typed)
        self._show_all()

    def action_copy(self) -> None:
        """Copy the chosen item with its source."""
        item = self._chosen_item()
        if item is None or not item.quote:
            self._tell("there is nothing to quote here; choose a sentence first")
            return
        self.copy_to_clipboard(item.quote)
        words = " ".join(item.quote.split())
        words = words if len(words) < 60 else words[:59] + "…"
        self._tell(f"copied with its source: {words}")

    def action_open(self) -> None:
        """Open the address of what the chosen item refers to, or of the letter."""
        item = self._chosen_item()
        if item is None or item.url is None or not leads(item.url):
            self._tell("no address follows from what is chosen")
        elif has_browser():
            self.open_url(item.url)
            self._tell(f"opened {item.url}")
        else:
            self.copy_to_clipboard(item.url)
            self._tell(f"no browser here; its address is copied: {item.url}")

    def _chosen_item(self) -> Item | None:
        at = self._main.query_one("#page", List).highlighted
        return None if at is None else self._items[at]

    def action_compare(self) -> None:
        """Compare the topic that is shown across meetings."""
        asked = self._topic()
        if asked is None:
            self._tell("choose a topic first, then v compares it across meetings")
            return
        tell = self._desk.tell(lambda done, whole: self._post(Progress(done, whole)))
        self._ask("compare", lambda found, chosen: desks.compare(found, chosen, asked, tell))

    def _topic(self) -> str | None:
        """The title of the topic that is shown, or that the chosen item is from."""
        section = self.place.id
        if self.place.page is not Page.SECTION:
            section = self.place.item.rsplit(".", 2)[0]
        found = (each for each in self.agenda.topics if each.id == section)
        return next((each.title or each.id for each in found), None)

    def action_meetings(self) -> None:
        """Choose another meeting."""

        def come(agenda: str | None) -> None:
            if agenda is not None:
                self._end_search()
                self._past.append(self.place)
                self.agenda = self.found.named([agenda])[0]
                self._shown = ()
                self.place = self._first_place()
                self._show_all()

        self.push_screen(screens.Meetings(self.chosen.letters, self.agenda.id), come)

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(screens.Help())
