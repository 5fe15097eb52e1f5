"""Migrations that are there with their note or not at all, and that know the models they made."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState


class GrowingState(ProjectState):
    """The models as migrations have them so far; what is new is added, the rest is left alone.

    Django builds every model anew that is related to one that changes, however far. Accounts and
    missions are related to all, so the first start of a site took the square of their number: 25 s
    of processor time for 112 models. A new model changes none of the others, and an index or a
    constraint changes no field; `tests/database/test_migrated_tables.py` compares the tables.
    """

    @classmethod
    def of(cls, state: ProjectState) -> "GrowingState":
        """A state of this kind with the models of another."""
        grown = cls(
            models={key: model.clone() for key, model in state.models.items()},
            real_apps=state.real_apps,
        )
        if "apps" in state.__dict__:
            grown.apps = state.apps.clone()
        grown.is_delayed = state.is_delayed
        return grown

    def clone(self) -> "GrowingState":
        """A copy that can change by itself."""
        return GrowingState.of(self)

    def add_model(self, model_state: ModelState) -> None:
        """Adds a model and builds it alone."""
        key = model_state.app_label, model_state.name_lower
        if "apps" not in self.__dict__ or key in self.models:
            super().add_model(model_state)
            return
        self.models[key] = model_state
        if self._relations is not None:  # type: ignore[attr-defined]
            self.resolve_model_relations(key)
        self.apps.render_multiple([model_state])

    def _append_option(
        self, app_label: str, model_name: str, option_name: str, obj: object
    ) -> None:
        """Adds an index or a constraint to a model that stays as it is."""
        if "apps" not in self.__dict__:
            super()._append_option(app_label, model_name, option_name, obj)  # type: ignore[misc]
            return
        state = self.models[app_label, model_name]
        state.options[option_name] = [*state.options[option_name], obj]
        meta = self.apps.get_model(app_label, model_name)._meta
        setattr(meta, option_name, [*getattr(meta, option_name), obj])


class WholeMigrations(MigrationExecutor):
    """Runs each migration in one transaction with the note that it ran.

    Django commits a migration that makes indexes first and notes it afterwards. A process killed
    in between leaves a database that no later run can migrate: the table is there already.
    """

    def migrate(
        self,
        targets: Sequence[tuple[str, str | None]] | None,
        plan: Sequence[tuple[Migration, bool]] | None = None,
        state: ProjectState | None = None,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """The state after all migrations of the plan."""
        if state is None:
            state = self._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
        return super().migrate(targets, plan, GrowingState.of(state), fake, fake_initial)

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """The state after the migration."""
        if not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        with _unchecked(self.connection), transaction.atomic(using=self.connection.alias):
            return super().apply_migration(state, migration, fake, fake_initial)


@contextmanager
def _unchecked(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """SQLite changes tables only without foreign key checks, and sets them outside transactions.

    Django checks all keys itself before it ends the change.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()
