"""A long list of units comes in pages; a force that goes on does so under its own name."""

from primacy.rooms.forces.models import Unit
from primacy.rooms.forces.reading import UNITS_A_PAGE, ForceReading, UnitReading, leaf_of_forces


def _force(name: str, units: int) -> ForceReading:
    readings = (UnitReading(Unit(code=f"{name}-{n}"), 0, (), {}) for n in range(units))
    return ForceReading(name, "Local force", tuple(readings))


def test_every_unit_stands_on_exactly_one_page() -> None:
    forces = [_force("army", UNITS_A_PAGE - 1), _force("police", UNITS_A_PAGE)]
    leaf, _ = leaf_of_forces(forces, None)

    seen = [
        one.unit.code
        for number in leaf.paginator.page_range
        for force in leaf_of_forces(forces, str(number))[1]
        for one in force.units
    ]
    assert seen == [one.unit.code for force in forces for one in force.units]


def test_a_force_that_goes_on_keeps_its_name_on_the_next_page() -> None:
    forces = [_force("army", UNITS_A_PAGE - 1), _force("police", UNITS_A_PAGE)]

    first, second = (leaf_of_forces(forces, number)[1] for number in ("1", "2"))
    assert [(force.name, len(force.units)) for force in first] == [
        ("army", UNITS_A_PAGE - 1), ("police", 1),
    ]  # fmt: skip
    assert [force.name for force in second] == ["police"]
