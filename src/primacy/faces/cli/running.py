"""`primacy demo` and `primacy serve`: build a case, run the site on this machine."""

import datetime as dt
import socket
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils.translation import gettext as _

from primacy.demo.carana import CODE as CARANA
from primacy.demo.carana import BadOptions, CaranaOptions
from primacy.demo.case import CASES, build_case
from primacy.demo.exercise import exercise_links
from primacy.faces.cli.choosing import remember_mission
from primacy.faces.cli.exercising import say_links
from primacy.faces.cli.printing import console, say
from primacy.faces.cli.serving import serve_site
from primacy.faces.cli.site import open_site
from primacy.platform import clock
from primacy.platform.accounts.actions import ensure_first_administrator
from primacy.platform.archive.actions.moving import stay
from primacy.platform.archive.leftovers import sweep_drills
from primacy.platform.archive.moved import require_here
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import missions

HostOption = Annotated[str, typer.Option(help="address to listen on")]
PortOption = Annotated[int, typer.Option(help="port; the next free one where it is taken")]
PORTS_TRIED = 20


def demo(
    case: Annotated[
        str, typer.Argument(help=f"{CARANA}, a case ({', '.join(CASES)}), or all")
    ] = CARANA,
    serve: Annotated[bool, typer.Option(help="serve the site when it is built")] = True,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    seed: Annotated[int, typer.Option(help="Carana: another number, another country")] = 7,
    districts: Annotated[int, typer.Option(help="Carana: districts, 6 to 500")] = 40,
    police: Annotated[int, typer.Option(help="Carana: police officers, up to 150000")] = 15_000,
    incidents: Annotated[int, typer.Option(help="Carana: incidents, up to 1000000")] = 12_000,
    years: Annotated[int, typer.Option(help="Carana: years of history")] = 3,
    until: Annotated[str, typer.Option(help="Carana: the day it ends, default today")] = "",
) -> None:
    """Builds Carana, the made-up country for training, or a sourced case study, and serves it."""
    wanted = [CARANA, *CASES] if case == "all" else [case.replace("_", "-").lower()]
    unknown = [code for code in wanted if code not in (CARANA, *CASES)]
    if unknown:
        known = ", ".join((CARANA, *CASES))
        raise typer.BadParameter(
            _("'%(case)s' is no built-in case. Cases: %(known)s, all.")
            % {"case": case, "known": known}
        )
    me = open_site()
    try:
        options = CaranaOptions(
            until=_until(until),
            seed=seed,
            districts=districts,
            police=police,
            incidents=incidents,
            years=years,
        )
    except BadOptions as problem:
        raise typer.BadParameter(str(problem)) from problem
    for code in wanted:
        _build(me, code, options)
    remember_mission(wanted[0])
    first_start(me)
    if serve:
        run(me, host, port, with_exercise=True)
    else:
        commands = {"board": f"primacy board --mission {wanted[0]}", "serve": "primacy serve"}
        say(_("Next: %(board)s, or %(serve)s") % commands)
        if CARANA in wanted:
            say(_("Links for a class: %(command)s") % {"command": "primacy exercise links"})


def _build(me: Viewer, code: str, options: CaranaOptions) -> None:
    """Builds one country into the site, unless it is there."""
    if missions(me).filter(code=code).exists():
        say(_("%(code)s: already built, kept as it is") % {"code": code})
        return
    from primacy.demo.carana.build import build_carana  # slow to load

    with console.status(_("%(code)s: building") % {"code": code}) as status:

        def progress(what: str) -> None:
            status.update(f"{code}: {what}")

        if code == CARANA:
            mission = build_carana(operator=me, options=options, progress=progress).mission
        else:
            mission = build_case(actor=me, case=code, progress=progress)
    say(_("%(country)s: built as '%(code)s'") % {"country": mission.country, "code": code})


def _until(text: str) -> dt.date:
    """The day on which the story ends; today where nothing was given, and never later."""
    today = clock.today()
    try:
        day = dt.date.fromisoformat(text) if text else today
    except ValueError as problem:
        raise typer.BadParameter(
            _("'%(text)s' is not a date; write YYYY-MM-DD.") % {"text": text[:20]}
        ) from problem
    if day > today:
        raise typer.BadParameter(
            _("%(day)s lies in the future; Carana ends today at the latest.")
            % {"day": day.isoformat()}
        )
    return day


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    again: Annotated[bool, typer.Option(help="also where the site was moved away")] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="processes on PostgreSQL; one a core if not given")
    ] = None,
) -> None:
    """Serves the site on this machine until Ctrl-C."""
    me = open_site()
    if again:
        stay(actor=me)
    first_start(me)
    run(me, host, port, workers=workers)


def first_start(me: Viewer) -> None:
    """Makes the administrator on the first start and prints the one-time password once."""
    made = ensure_first_administrator(actor=me)
    if made is not None:
        head = _(
            "First start. An administrator was made; this password is shown once and must be "
            "changed at the first sign-in:"
        )
        say(f"\n{head}")
        say("  " + _("address: %(text)s") % {"text": made.email})
        say("  " + _("password: %(text)s") % {"text": made.password} + "\n")


def run(
    me: Viewer, host: str, port: int, with_exercise: bool = False, workers: int | None = None
) -> None:
    """Serves until interrupted."""
    require_here()
    sweep_drills(Path(settings.PRIMACY_HOME))
    port = free_port(host, port)
    address = f"http://{host}:{port}"
    if with_exercise:
        links = exercise_links(actor=me)
        if links:
            say_links(links, address)
    where = _("Primacy is at %(address)s   (folder %(folder)s; Ctrl-C stops)") % {
        "address": f"{address}/",
        "folder": settings.PRIMACY_HOME,
    }
    say(f"\n{where}")
    serve_site(host, port, workers)


def free_port(host: str, port: int) -> int:
    """The port asked for, or the next free one."""
    for candidate in range(port, port + PORTS_TRIED):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    raise typer.BadParameter(
        _("no free port from %(first)d to %(last)d on %(host)s. Choose one with --port.")
        % {"first": port, "last": port + PORTS_TRIED - 1, "host": host}
    )
