"""The entry point: finds the site's folder, sets Django up, hands over to the commands."""

import gc
import os
import sys

EXIT_REFUSED = 2


def main() -> None:
    """Runs one command; refusals end with a plain message and exit code 2."""
    # What a start loads stays for good; looking through it for rubbish takes a tenth of the start.
    gc.disable()
    arguments = _take_home(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.settings.embedded")
    import django

    try:
        django.setup()
    except OSError as problem:
        sys.exit(
            f"primacy: the folder of this site cannot be used: {problem}. "
            "Choose another with --home FOLDER."
        )
    _speak()
    from primacy.faces.cli.commands import application
    from primacy.faces.cli.read_trace import command_reads
    from primacy.faces.cli.refusals import REFUSALS, refusal_text
    from primacy.faces.cli.site import close_site

    gc.freeze()
    gc.enable()
    try:
        with command_reads(arguments):
            application(args=arguments, prog_name="primacy")
    except REFUSALS as problem:
        print(f"primacy: {refusal_text(problem)}", file=sys.stderr)
        sys.exit(EXIT_REFUSED)
    finally:
        close_site()


def _speak() -> None:
    """Messages in the language of the terminal where the site speaks it; help stays English."""
    from django.conf import settings
    from django.utils import translation

    said = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    if said[:2] in dict(settings.LANGUAGES):
        translation.activate(said[:2])


def _take_home(arguments: list[str]) -> list[str]:
    """The arguments without `--home FOLDER`, which may stand before or after the command."""
    rest: list[str] = []
    waiting = False
    for argument in arguments:
        if waiting:
            os.environ["PRIMACY_HOME"], waiting = argument, False
        elif argument == "--home":
            waiting = True
        elif argument.startswith("--home="):
            os.environ["PRIMACY_HOME"] = argument.removeprefix("--home=")
        else:
            rest.append(argument)
    if waiting:
        sys.exit("primacy: --home needs a folder, e.g. --home ~/primacy-unmil")
    return rest


if __name__ == "__main__":
    main()
