"""The tree of commands."""

import typer

from primacy.faces.cli import (
    account,
    assessing_acts,
    audit,
    board,
    case,
    census_figures,
    checking,
    compartment,
    emergency,
    exchanging,
    exercising,
    forces,
    forecasting,
    importing,
    keeping,
    matching,
    mission,
    papers,
    persons,
    running,
    screening,
    support_acts,
    working,
)

application = typer.Typer(
    name="primacy",
    help=(
        "Primacy: who leads security now, whether the local force is ready to lead, on what "
        "evidence, and whether peace holds afterwards.\n\nAll state lives in one folder: "
        "PRIMACY_HOME, or --home FOLDER before or after any command."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
application.command("demo")(running.demo)
application.command("serve")(running.serve)
application.command("backup")(keeping.backup)
application.command("backup-key")(keeping.backup_key)
application.command("restore")(keeping.restore)
application.command("move")(keeping.move)
application.command("wipe")(keeping.wipe)
application.command("evacuate")(keeping.evacuate)
application.command("worker")(working.worker)
application.command("board")(board.board)
application.command("case")(case.case)
application.add_typer(exercising.group, name="exercise")
importing.group.command("sfm")(exchanging.sfm)
application.add_typer(importing.group, name="import")
application.add_typer(exchanging.group, name="export")
application.add_typer(census_figures.group, name="census")
application.add_typer(assessing_acts.group, name="assess")
application.add_typer(audit.group, name="audit")
application.add_typer(account.group, name="account")
application.add_typer(mission.group, name="mission")
application.add_typer(forces.group, name="forces")
application.add_typer(persons.group, name="persons")
application.add_typer(matching.group, name="match")
application.add_typer(emergency.group, name="emergency")
application.add_typer(compartment.group, name="compartment")
application.command("check")(checking.check)
application.add_typer(working.group, name="work")
application.add_typer(papers.group, name="print")
application.add_typer(screening.group, name="screen")
application.add_typer(support_acts.group, name="support")
application.add_typer(forecasting.group, name="forecast")
