"""`primacy demo` and `primacy serve`: build a case, run the site on this machine."""

import socket
from typing import Annotated

import typer
from django.conf import settings

from primacy.demo.case import CASES, build_case
from primacy.demo.exercise import exercise_links
from primacy.faces.cli.choosing import remember_mission
from primacy.faces.cli.printing import console, say
from primacy.faces.cli.site import open_site
from primacy.platform.accounts.actions import ensure_first_administrator
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import missions

HostOption = Annotated[str, typer.Option(help="address to listen on")]
PortOption = Annotated[int, typer.Option(help="port; the next free one where it is taken")]
PORTS_TRIED = 20
THREADS = 8


def demo(
    case: Annotated[
        str, typer.Argument(help=f"which case: {', '.join(CASES)}, or all")
    ] = "timor-leste",
    serve: Annotated[bool, typer.Option(help="serve the site when it is built")] = True,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
) -> None:
    """Builds a sourced case study into this site and serves it."""
    wanted = list(CASES) if case == "all" else [case.replace("_", "-").lower()]
    unknown = [code for code in wanted if code not in CASES]
    if unknown:
        raise typer.BadParameter(f"'{case}' is no built-in case. Cases: {', '.join(CASES)}, all.")
    me = open_site()
    for code in wanted:
        if missions(me).filter(code=code).exists():
            say(f"{code}: already built, kept as it is")
            continue
        with console.status(f"{code}: building") as status:
            mission = build_case(
                actor=me, case=code, progress=lambda what: status.update(f"building: {what}")
            )
        say(f"{mission.country}: built as '{code}'")
    remember_mission(wanted[-1])
    first_start(me)
    if serve:
        run(me, host, port, with_exercise=True)
    else:
        say(f"Next: primacy board --mission {wanted[-1]}, or primacy serve")


def serve(host: HostOption = "127.0.0.1", port: PortOption = 8000) -> None:
    """Serves the site on this machine until Ctrl-C."""
    me = open_site()
    first_start(me)
    run(me, host, port)


def first_start(me: Viewer) -> None:
    """Makes the administrator on the first start and prints the one-time password once."""
    made = ensure_first_administrator(actor=me)
    if made is not None:
        say(
            "\nFirst start. An administrator was made; this password is shown once and must be "
            "changed at the first sign-in:\n"
            f"  address   {made.email}\n  password  {made.password}\n",
        )


def run(me: Viewer, host: str, port: int, with_exercise: bool = False) -> None:
    """Serves until interrupted."""
    from waitress import serve as waitress_serve

    from primacy.faces.web.wsgi import application

    port = free_port(host, port)
    address = f"http://{host}:{port}"
    if with_exercise:
        links = exercise_links(actor=me)
        say("To try a joint decision, enter as (each link works once, 24 hours):")
        for role, token in links:
            say(f"  {role:<28} {address}/enter/{token}/")
    say(f"\nPrimacy is at {address}/   (folder {settings.PRIMACY_HOME}; Ctrl-C stops)")
    waitress_serve(application, host=host, port=port, threads=THREADS, ident="Primacy")


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
        f"no free port from {port} to {port + PORTS_TRIED - 1} on {host}. Choose one with --port."
    )
