"""The commands: each takes typed words, asks the core, and gives a reply to be shown.

None of them prints, formats or exits; `natoagenda.cli.main` does that for all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from natoagenda import answers, days, library, text
from natoagenda.cli import complete, load
from natoagenda.cli.options import NamedFile, Topic
from natoagenda.errors import NotFoundError, UsageError, shown
from natoagenda.model import Role
from natoagenda.output import Reply
from natoagenda.rows import PromiseRow


def schedule(
    ctx: typer.Context,
    day: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Only this day: 10, 2024-07-10, '10 juli', 'July 10', woensdag, wed.",
            autocompletion=complete.days,
        ),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="PERIOD", help="From this day, month or year on."),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="PERIOD", help="Up to this day, month or year, included."),
    ] = None,
) -> Reply:
    """Show the programme by day.

    Who meets whom, and which topics are discussed where the letter says so.

    \b
    natoagenda schedule --day 10
    natoagenda schedule --from 2024-06 --to 2024
    """  # noqa: D301
    asked = None if day is None else days.parse_day(day)
    since, until = load.period(first, last)
    agendas, notes = load.agendas(ctx)
    rows = answers.schedule(agendas, asked, first=since, last=until)
    if asked and agendas and not rows:
        held = answers.meeting_days(agendas)
        when = ", ".join(f"{date:%A} {date.day} {date:%B %Y}" for date in held[:7])
        where = "has nothing on" if any(map(asked.matches, held)) else "does not include"
        without = msgspec.structs.replace(asked, weekday=None)
        wrong = [d for d in held if asked.day and asked.weekday is not None and without.matches(d)]
        hint = "".join(f" ({date.day} {date:%B %Y} is a {date:%A})" for date in wrong)
        notes.append(f"the programme {where} {shown(day or '')}{hint}; the meeting is on {when}")
    return Reply(view="schedule", rows=rows, agendas=agendas, notes=notes)


def topics(ctx: typer.Context) -> Reply:
    """List the topics, with what is counted in each.

    \b
    natoagenda topics
    """  # noqa: D301
    agendas, notes = load.agendas(ctx)
    return Reply(view="topics", rows=answers.topics(agendas), agendas=agendas, notes=notes)


def topic(
    ctx: typer.Context,
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="An id or a part of a title, Dutch or English.",
            autocompletion=complete.topics,
        ),
    ],
    full: Annotated[bool, typer.Option("--full", help="Add the whole section.")] = False,
) -> Reply:
    """Show the Dutch stance on a topic and all else on it.

    \b
    natoagenda topic oekraïne
    """  # noqa: D301
    asked = " ".join(name)
    agendas, notes = load.some(ctx)
    found, others = answers.topic(agendas, asked)
    if answers.is_misspelt(agendas, asked):
        notes.append(f"no topic is called {shown(asked)}; this is {found.id}")
    if others:
        notes.append(f"{found.agenda} is the latest with such a topic; also {', '.join(others)}")
    own = [agenda for agenda in agendas if agenda.id == found.agenda]
    return Reply(view="topic", rows=found, agendas=own, notes=notes, options={"full": full})


def _statements(ctx: typer.Context, role: Role, about: str | None, view: str) -> Reply:
    agendas, notes = load.agendas(ctx)
    rows = answers.statements(agendas, role)
    if about is not None:
        wanted = answers.topic_ids(agendas, about)
        rows = [row for row in rows if (row.agenda, row.section) in wanted]
    return Reply(view=view, rows=rows, agendas=agendas, notes=notes, options={"topic": about})


_Open = Annotated[
    bool,
    typer.Option("--open", help="With the later letters that mention the same paper or topic."),
]


def stances(ctx: typer.Context, topic: Topic = None) -> Reply:
    """Show every Dutch stance on one screen.

    \b
    natoagenda stances
    """  # noqa: D301
    return _statements(ctx, Role.STANCE, topic, "stances")


def expectations(ctx: typer.Context, topic: Topic = None) -> Reply:
    """Show what allies will discuss and decide.

    \b
    natoagenda expectations
    """  # noqa: D301
    return _statements(ctx, Role.EXPECTATION, topic, "expectations")


def commitments(ctx: typer.Context, topic: Topic = None, follow: _Open = False) -> Reply:
    """Show what the cabinet promises parliament.

    \b
    natoagenda commitments
    natoagenda commitments --open
    """  # noqa: D301
    reply = _statements(ctx, Role.COMMITMENT, topic, "commitments")
    found: Any = reply.rows
    rows = [PromiseRow(**msgspec.structs.asdict(row)) for row in found]
    if follow:
        from natoagenda import comparing

        # Promises are of the letters chosen; what became of them any letter may say.
        everything = library.load(ctx.obj.settings.data).agendas
        rows = comparing.followed(everything, rows)
    return msgspec.structs.replace(reply, rows=rows)


def footnotes(
    ctx: typer.Context,
    number: Annotated[
        str | None,
        typer.Argument(
            metavar="[N]", help="Only this footnote.", autocompletion=complete.footnotes
        ),
    ] = None,
) -> Reply:
    """Show footnotes and where each is called from.

    \b
    natoagenda footnotes 2
    """  # noqa: D301
    wanted = None
    if number is not None:
        digits = text.fold(number).strip("[]^ ")
        if not digits.isdecimal():
            raise UsageError(f"{shown(number)} is not the number of a footnote; type one such as 2")
        wanted = int(digits[:4000])  # Python reads no longer number
    agendas, notes = load.agendas(ctx)
    try:
        rows = answers.footnotes(agendas, wanted)
    except NotFoundError as error:  # an empty list is what a program wants to read
        notes.append(str(error))
        return Reply(view="footnotes", rows=[], agendas=agendas, notes=notes, exit_code=1)
    return Reply(view="footnotes", rows=rows, agendas=agendas, notes=notes)


def references(
    ctx: typer.Context,
    paper: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PAPER]...",
            help="Only this: a citation or its id, a dossier's number, or words of the title.",
        ),
    ] = None,
) -> Reply:
    """List the documents that the letters lean on.

    \b
    natoagenda references
    natoagenda references 21501-02
    """  # noqa: D301
    asked = " ".join(paper) if paper else None
    agendas, notes = load.agendas(ctx)
    rows = answers.references(agendas, asked)
    missing = asked is not None and not rows
    if missing:
        notes.append(f"no letter leans on {shown(asked or '')}; natoagenda references lists all")
    return Reply(view="references", rows=rows, agendas=agendas, notes=notes, exit_code=int(missing))


def show(ctx: typer.Context) -> Reply:
    """Show the whole letter with programme and notes.

    \b
    natoagenda show
    """  # noqa: D301
    agendas, notes = load.some(ctx)
    latest, others = load.latest(agendas)
    return Reply(view="show", rows=answers.whole(latest), agendas=[latest], notes=[*notes, *others])


def check(
    ctx: typer.Context,
    source: Annotated[
        Path | None,
        typer.Option(
            "--source",
            metavar="LETTER",
            click_type=NamedFile(),
            help="Compare with the letter, word by word: text, PDF, Word or XML.",
        ),
    ] = None,
) -> Reply:
    """Prove that the data set is whole and sound, and is the letter.

    \b
    natoagenda check
    """  # noqa: D301
    from natoagenda import proof
    from natoagenda.importing import apart

    found, agendas, notes = load.load(ctx, afresh=True)  # it proves the files, not the cache
    if source is not None and len(agendas) > 1:
        known = ", ".join(agenda.id for agenda in agendas)
        raise UsageError(f"--source compares one agenda; choose it with --agenda: {known}")
    letter = None if source is None else apart.read(source)
    rows = [
        proof.prove(agenda, letter, name=None if source is None else str(source))
        for agenda in agendas
    ]
    failed = sum(not row.sound or row.identical is False for row in rows)
    code = int(failed > 0)
    if agendas.are_all and found.faults:  # nothing is proved of a file that was left out
        code = 3
    return Reply(view="check", rows=rows, agendas=agendas, notes=notes, exit_code=code)


def schema(
    ctx: typer.Context,
    command: Annotated[
        str | None,
        typer.Argument(
            metavar="[COMMAND]", help="Only this command's.", autocompletion=complete.answers
        ),
    ] = None,
) -> Reply:
    """Print the JSON Schema of what commands answer.

    \b
    natoagenda schema schedule
    """  # noqa: D301
    from natoagenda import contract

    return Reply(view="schema", rows=contract.json_schema(command))
