"""`primacy check`: whether this site is fit to hold what it is meant to hold, in plain words."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from primacy.faces.cli.printing import print_json, say
from primacy.faces.cli.site import open_site
from primacy.platform import clock
from primacy.platform.accounts.queries import accounts, viewer_of
from primacy.platform.accounts.second_factor import has_second_factor, is_sensitive
from primacy.platform.archive.leftovers import drills_left
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import missions

EXIT_FOUND = 1
OLDEST_BACKUP_DAYS = 7
BACKUP_NOTE = "last-backup"
HTTPS_ONLY = {"security.W004", "security.W008", "security.W012", "security.W016"}
"""Django's own words for what `PRIMACY_HTTPS=1` sets all at once."""


def check(
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Says what is not safe about this site and what to do; exit code 1 where anything is."""
    me = open_site()
    found = [
        *_folder(),
        *_settings(),
        *_sensitive_accounts(me),
        *_exercise_accounts(me),
        *_backup(),
        *_drills(),
        *_framework(),
    ]
    if as_json:
        print_json({"safe": not found, "findings": found})
    elif found:
        say(_("%(n)d findings:") % {"n": len(found)})
        for line in found:
            say(f"- {line}")
    else:
        say(_("Nothing found. This says nothing about the machine around the site."))
    if found:
        raise typer.Exit(EXIT_FOUND)


def _folder() -> Iterator[str]:
    """What others on this machine may read."""
    home = Path(settings.PRIMACY_HOME)
    for path in (home, home / "secret.key", home / "primacy.sqlite3"):
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield _(
                "Others on this machine may open %(path)s. "
                "Take their rights away: chmod go= %(path)s"
            ) % {"path": path}


def _settings() -> Iterator[str]:
    """What settings leave open."""
    if settings.DEBUG:
        yield _("Debugging is on: errors show the inside of the site. Turn it off.")
    if settings.PRIMACY_SECOND_FACTOR == "off":
        yield _("Second factors are off. Remove PRIMACY_SECOND_FACTOR.")
    if not settings.PRIMACY_HTTPS:
        yield _(
            "HTTPS is not set: passwords and pages may be read on the way. Put a TLS proxy before "
            "the site and set PRIMACY_HTTPS=1; on one laptop without network you may leave it."
        )
    if settings.PRIMACY_API_PER_MINUTE == 0:
        yield _("The API has no limit of requests. Remove PRIMACY_API_PER_MINUTE=0.")


def _sensitive_accounts(me: Viewer) -> Iterator[str]:
    """Accounts with sensitive roles and no second factor yet."""
    for account in accounts(me).filter(is_active=True, exercise=False, emergency=False):
        if is_sensitive(viewer_of(account)) and not has_second_factor(account):
            yield _(
                "%(email)s holds a sensitive role and has no second factor yet. It opens nothing "
                "until there is one; close it if the person never came."
            ) % {"email": account.email}


def _exercise_accounts(me: Viewer) -> Iterator[str]:
    """Open exercise accounts beside a mission that is neither exercise nor case study."""
    people = accounts(me).filter(exercise=True, is_active=True).count()
    if people and missions(me).filter(exercise=False, is_case=False).exists():
        yield _(
            "This site holds a real mission: exercise accounts are open (%(n)d) and enter without "
            "a second factor. Teach on a site of its own, and close them here."
        ) % {"n": people}


def _backup() -> Iterator[str]:
    """How old the last backup is, by the note that a backup leaves in the folder."""
    note = Path(settings.PRIMACY_HOME) / BACKUP_NOTE
    if not note.exists():
        yield _("No backup was made from this folder yet.")
        return
    days = int((clock.now().timestamp() - note.stat().st_mtime) // 86400)
    if days > OLDEST_BACKUP_DAYS:
        yield _("The last backup is %(days)d days old. Make one.") % {"days": days}


def _drills() -> Iterator[str]:
    """Copies of the site that drills left when they were stopped."""
    for left in drills_left(Path(settings.PRIMACY_HOME)):
        if left.database:
            yield _(
                "A drill that was stopped left a copy of this site in %(where)s. Run the drill "
                "again with --copy-to that database; or drop the database and remove %(path)s."
            ) % {"where": left.database, "path": left.path}
        else:
            yield _(
                "A drill that was stopped left a copy of this site in %(path)s. The next drill or "
                "backup overwrites and removes it: primacy wipe --drill"
            ) % {"path": left.path}


def _framework() -> Iterator[str]:
    """What the framework's own deployment checks say, but for what is said above."""
    for message in checks.run_checks(include_deployment_checks=True):
        if message.level >= checks.WARNING and not message.is_silenced():
            if message.id not in HTTPS_ONLY:
                yield f"{message.id}: {' '.join(str(message.msg).split())}"
