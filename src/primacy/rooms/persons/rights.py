"""The permissions of this room, named once."""

VIEW, KEEP, JUDGE = "persons.view", "persons.keep", "persons.judge"
