"""From blocks to the parts of a letter: what stands before the agenda, its title, its sections.

Headings are found by their form (what the source says, or a short line without a stop above
text that begins anew), not by a list of known ones. Only the kind of a section and the end of
the covering letter are told by words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from natoagenda.importing import dates
from natoagenda.importing.source import ANNOTATED_AGENDA, Block, Form, Letter, joined, without
from natoagenda.model import SectionKind
from natoagenda.text import BULLET, fold, sentences


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A headed part: its heading, or None, and its paragraphs."""

    kind: SectionKind
    heading: Block | None
    paragraphs: tuple[Block, ...]


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """A letter in parts.

    Attributes:
        title: the agenda's title, or None where the letter has none.
        quoted: whether the title stands in a sentence, which keeps its words.
        parts: all other text, in reading order.
    """

    title: Block | None
    quoted: bool
    parts: tuple[Part, ...]


_TITLE = re.compile(ANNOTATED_AGENDA + r"\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:betreft|onderwerp|inzake)\b[\s:]*(?=\S)(?=.*geannoteerde\s+agenda)", re.IGNORECASE
)
_PHRASE = re.compile(
    r"geannoteerde\s+agenda(?:\s+aan)?\s+(?:ten\s+behoeve\s+van|voor|van|inzake)\s[^.;]{4,160}",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:hierbij|hiermee|bijgaand|bijgevoegd|met\s+deze\s+brief)\b|\bbied(?:en|t)?\b|\btreft\s+u\b"
    r"|\bgeachte\s+(?:heer|mevrouw|voorzitter)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"geachte\s+(?:heer|mevrouw|voorzitter)[^.]{0,40}", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(?:hoogachtend|met\s+vriendelijke\s+groet\w*|namens\s+deze)\b.{0,40}"
    r"|de\s+(?:(?:vice-)?minister(?:-president)?|staatssecretaris)\b[^.;:]{0,120}",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:drs|dr|mr|ir|ing|prof)\.?\s+)*(?:[A-Z]{1,2}[a-z]?\.\s?)*-?(?:(?:van|de|der|den|ten|ter"
    r"|von|el|’t|'t)\s+)*[A-ZÀ-Þ][\w’'-]+(?:[\s-]+(?:(?:van|de|der|den)\s+)*[A-ZÀ-Þ][\w’'-]+)?"
    r"(?:\s+(?:MA|MSc|MBA|LLM))?"
)
_VERB = re.compile(
    r"\b(?:is|zijn|wordt|worden|werd|heeft|hebben|zal|zullen|kan|kunnen|bied|bieden|ontvangt|treft"
    r"|staat|staan|vindt|vinden|komt|komen)\b"
)
_STOP = re.compile(r"[.;:,…]$")
_BULLET = re.compile(BULLET)
_NUMBERED = re.compile(
    r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[ivx]{1,4}|[A-Za-z])[.)]\)?\s+|\d{1,2}(?:\.\d{1,2})+\s+"
)
_FIELD = re.compile(r"(?P<label>[A-Z][\w/() -]{2,45}?):\s+(?P<value>\S.*)")
_SESSION_LABEL = re.compile(
    r"(?:(?:werk|deel)?sessie|deel|agendapunt|punt|thema|blok|onderdeel|hoofdstuk|bijlage|dag|"
    r"(?:werk)?(?:lunch|diner|ontbijt)|plenaire|spoor|pijler|ronde)\b",
    re.IGNORECASE,
)
_FIELD_LABEL = re.compile(
    r"(?:aard|soort|status|document|besluit\w*|procedure|rechtsbasis|kenmerk|referentie|datum|plaats"
    r"|nb|noot|let|toelichting|uw|onze|telefoon|bijlagen?)\b",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"\W*(?:inleiding|introductie|aanleiding|algemene inleiding|inleidend|ten geleide|vooraf)\W*",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(
    r"\W*(?:het |voorlopige? |concept)?(?:programma|agenda|dagindeling|verloop)"
    r"(?: en (?:agenda|programma|opzet|deelname|deelnemers|verloop))?"
    r"(?: (?:van|voor|tijdens) (?:de|het) [^.]{3,60}| op hoofdlijnen| in vogelvlucht)?\W*",
    re.IGNORECASE,
)
_SENTENCE = 60
"""Characters; what follows a signature and is as long is the agenda, not another signature."""
_LONGEST_HEADING = 220
_MOST_LINES = 4


def outline(letter: Letter) -> Outline:
    """Divide a letter into its parts.

    Args:
        letter: with its hyphens decided.
    """
    blocks = list(letter.blocks)
    title, quoted, start, blocks = _title(blocks)
    end = _signature_at_end(blocks, start)
    parts: list[Part] = []
    if start:
        parts.append(_letter(blocks[:start]))
    parts += _sections(blocks[start:end])
    if end < len(blocks):
        parts.append(_letter(blocks[end:]))
    return Outline(title=title, quoted=quoted, parts=tuple(parts))


def _letter(blocks: Sequence[Block]) -> Part:
    return Part(kind=SectionKind.LETTER, heading=None, paragraphs=_paragraphs(blocks))


# -- the title -----------------------------------------------------------------------------


def _title(blocks: list[Block]) -> tuple[Block | None, bool, int, list[Block]]:
    """Find the title.

    Returns:
        The title; whether a sentence keeps its words; where the agenda begins; and the blocks,
        of which those that the title takes are gone.
    """
    found = [i for i, block in enumerate(blocks) if _is_title(block)]
    if found:
        at = next((i for i in found if not _offered_after(blocks, i)), found[-1])
        last = at + 1
        while last < len(blocks) and last - at < 3 and _continues(blocks[at:last], blocks[last]):
            last += 1
        title, more = _cut(joined(blocks[at:last]))
        rest = blocks[:at] + more + blocks[last:]
        start = at
        if _offered_after(blocks, at):  # a subject, without the word for it
            start = _end_of_letter(rest, at)
        return title, False, start, rest
    for i, block in enumerate(blocks):
        if match := _SUBJECT.match(block.text):
            title = without(block, [(0, match.end(), "")])
            kept = without(block, [(match.end(), len(block.text), "")])
            kept = msgspec.structs.replace(kept, text=kept.text.rstrip(), calls=())
            rest = [*blocks[:i], kept, *blocks[i + 1 :]]
            return title, False, _end_of_letter(rest, i + 1), rest
    for block in blocks:
        if match := _PHRASE.search(block.text):
            start = _end_of_letter(blocks, 0)
            text = match[0]
            if date := dates.last_end(text):
                text = text[:date]
            return (
                msgspec.structs.replace(block, text=text.rstrip(" ,"), calls=()),
                True,
                start,
                blocks,
            )
    return None, False, 0, blocks


def _cut(title: Block) -> tuple[Block, list[Block]]:
    """A title that ends with its date, and the heading that no blank line parts from it."""
    end = dates.last_end(title.text)
    rest = title.text[end:].strip() if end else ""
    place = re.match(r"(?:te|in)\s[A-ZÀ-Þ][\w-]+\s+(?=[A-Z])", rest)
    if (
        end
        and place
        and (
            _INTRODUCTION.fullmatch(rest[place.end() :])
            or _PROGRAMME.fullmatch(rest[place.end() :])
        )
    ):
        rest = rest[place.end() :]
        end = title.text.rindex(rest)
    if end and rest[:1].isupper():
        start = title.text.index(rest, end)
        first = without(title, [(end, len(title.text), "")])
        first = msgspec.structs.replace(first, text=first.text.rstrip())
        second = without(title, [(0, start, "")])
        kept = tuple(call for call in title.calls if call.offset <= end)
        later = tuple(call for call in second.calls if call not in first.calls or call.offset > 0)
        return (
            msgspec.structs.replace(first, calls=kept, pages=first.pages[:1]),
            [msgspec.structs.replace(second, calls=later[len(kept) :], gap=True)],
        )
    return title, []


def _is_title(block: Block) -> bool:
    end = dates.last_end(block.text[:300])
    text = block.text[:end] if end and block.text[end:].lstrip()[:1].isupper() else block.text
    return (
        _TITLE.match(text) is not None
        and len(text) <= 300
        and not re.search(r"\b(?:bied|treft|zend|stuur|ontvangt|gaat|vindt u)", text)
        and not (text.endswith(".") and _VERB.search(text))
    )


def _offered_after(blocks: Sequence[Block], at: int) -> bool:
    """Whether the covering letter still follows: an offer, or a salutation."""
    return any(
        _OFFER.search(block.text) and not _is_text_of_agenda(blocks, at, i)
        for i, block in enumerate(blocks[at + 1 : at + 13], start=at + 1)
    )


def _is_text_of_agenda(blocks: Sequence[Block], at: int, i: int) -> bool:
    """Whether "hierbij informeren wij" stands in the text right under the title."""
    return not _SALUTATION.match(blocks[i].text) and not re.search(
        r"\b(?:bied|bieden|zend|stuur|treft\s+u)\b", blocks[i].text
    )


def _continues(title: Sequence[Block], block: Block) -> bool:
    """Whether a block goes on with the title."""
    text = " ".join(part.text for part in title)
    if len(block.text) > 120 or _STOP.search(block.text) or dates.days(text):
        return False
    begins = re.match(r"(?:van|voor|op|te|in|d\.d\.)\s|[a-z\d(]", block.text)
    return bool(dates.days(block.text) or begins) and not _VERB.search(block.text)


def _end_of_letter(blocks: Sequence[Block], after: int) -> int:
    """Where the covering letter ends: after its signature, else its salutation, else `after`."""
    signed = 0
    for i in range(after, min(len(blocks), after + 40)):
        if _is_signature(blocks[i]) and any(len(b.text) > _SENTENCE for b in blocks[i + 1 :]):
            signed = i + 1
            while signed < len(blocks) and (
                _is_signature(blocks[signed]) or _is_name(blocks[signed], blocks[signed - 1])
            ):
                signed += 1
    if signed:
        return signed
    for i in range(min(len(blocks), after + 40)):
        if _SALUTATION.fullmatch(blocks[i].text):
            return i + 1
    return after


def _is_signature(block: Block) -> bool:
    return _SIGNATURE.fullmatch(block.text) is not None and not _VERB.search(block.text)


def _is_name(block: Block, before: Block) -> bool:
    """Whether a block is the name of who signs; without initials only right after the office."""
    if len(block.text) > 50 or _NAME.fullmatch(block.text) is None:
        return False
    initials = re.match(r"(?:(?:drs|dr|mr|ir|ing|prof)\.?\s+)*[A-Z]{1,2}[a-z]?\.", block.text)
    return initials is not None or (" " in block.text and _is_signature(before))


def _signature_at_end(blocks: Sequence[Block], start: int) -> int:
    """Where the signatures at the end of the letter begin; its end where there are none."""
    end = len(blocks)
    while end > start and (
        _is_signature(blocks[end - 1]) or _is_name(blocks[end - 1], blocks[end - 2])
    ):
        end -= 1
    signed = any(_is_signature(block) for block in blocks[end:])
    return end if signed else len(blocks)


# -- sections ------------------------------------------------------------------------------


def _sections(blocks: Sequence[Block]) -> list[Part]:
    """Divide the agenda's blocks at their headings."""
    labels = Counter(_label(block) for block in blocks)
    parts: list[Part] = []
    heading: Block | None = None
    held: list[Block] = []
    listing = False

    def close() -> None:
        if heading is not None or held:
            kind = _kind(heading, first=not parts)
            parts.append(Part(kind=kind, heading=heading, paragraphs=_paragraphs(held)))

    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        numbered = _NUMBERED.match(block.text) is not None
        listing = numbered and (
            listing or bool(held and held[-1].text.endswith(":") and block.form is not Form.HEADING)
        )
        if not listing and _is_heading(block, following, labels):
            close()
            heading, held = block, []
        else:
            held.append(block)
    close()
    return parts


def _label(block: Block) -> str:
    match = _FIELD.fullmatch(block.text)
    return fold(match["label"]) if match else ""


def _is_heading(block: Block, following: Block | None, labels: Counter[str]) -> bool:
    """Whether a block is a heading by its form."""
    text = block.text
    if block.form is Form.HEADING:
        return True
    if block.form is Form.TEXT and not _NUMBERED.match(text):
        return False
    if following is None or len(text) > _LONGEST_HEADING or block.lines > _MOST_LINES:
        return False
    bare = _NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text
    if not bare or _BULLET.match(text) or bare[0].islower() or len(sentences(bare)) > 1:
        return False
    if not re.match(r"[\w(“‘\"'«]", bare):
        return False
    if _STOP.search(text) and not re.search(r"\b(?:a\.s|D\.C|e\.d|c\.s|e\.a)\.$", text):
        return False
    if following.text[:1].islower() and not _NUMBERED.match(following.text):
        return False
    field = _FIELD.fullmatch(bare)
    if field and not (_SESSION_LABEL.match(bare) or _NUMBERED.match(text)):
        return labels[fold(field["label"])] == 1 and not _FIELD_LABEL.match(bare)
    return True


def bare_heading(text: str) -> str:
    """A heading without its number or letter."""
    return _NUMBERED.sub("", text, count=1) or text


def _is_item(block: Block) -> bool:
    return block.form is Form.ITEM or bool(_BULLET.match(block.text) or _NUMBERED.match(block.text))


def _kind(heading: Block | None, *, first: bool) -> SectionKind:
    if heading is None:
        return SectionKind.INTRODUCTION
    bare = _NUMBERED.sub("", heading.text, count=1)
    if _INTRODUCTION.fullmatch(bare):
        return SectionKind.INTRODUCTION
    if _PROGRAMME.fullmatch(bare):
        return SectionKind.PROGRAMME
    return SectionKind.TOPIC


def _paragraphs(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks as paragraphs: the items of a list stand in the one that they go on with."""
    found: list[Block] = []
    for block in blocks:
        goes_on = found and (
            (found[-1].text.endswith((":", ";", ",")) and _goes_on(found[-1], block))
            or (
                block.text[0].islower()
                and not re.search(r"[.!?…][)”’\"]*$", found[-1].text)
                and not _is_item(block)
                and len(found[-1].text) > 60
            )
            or (
                _BULLET.match(block.text)
                and _BULLET.search(found[-1].text[:400])
                and not re.search(r"[.!?…][)”’\"]*$", found[-1].text)
            )
        )
        if goes_on:
            found[-1] = joined([found[-1], block])
        else:
            found.append(block)
    return tuple(found)


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a block goes on with a sentence that a colon, semicolon or comma leaves open."""
    if _is_item(block):
        return True
    return before.text.endswith((";", ",")) and block.text[0].islower()
