"""Preview, matching, load, undo of areas on a small board."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from shapely.geometry import Polygon, box

from primacy.platform.audit.models import AuditEntry
from primacy.platform.imports.errors import BadState, RowsRefused
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.policy import Denied, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.places.actions import add_boundary, add_site
from primacy.rooms.places.imports import AreasOptions, load_areas, preview_areas, undo_areas
from primacy.rooms.places.imports.errors import (
    LevelUnknown,
    OptionUnusable,
    StillNeeded,
    WrongPlace,
)
from primacy.rooms.places.imports.match import closeness
from primacy.rooms.places.models import Area, AreaBoundary, AreaPopulation, Mission
from primacy.rooms.places.queries import areas, boundaries_at, populations_at

Write = Callable[..., Path]
Add = Callable[..., Area]
TODAY = dt.date(2024, 6, 1)
COUNTIES = AreasOptions(level=1, kind="county")


def load(
    actor: Viewer, mission: Mission, path: Path, options: AreasOptions = COUNTIES
) -> ImportBatch:
    preview = preview_areas(actor=actor, mission=mission, path=path, options=options)
    return load_areas(actor=actor, batch_or_preview=preview, keep_good=True)


def test_preview_writes_only_its_batch(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    preview = preview_areas(
        actor=actor, mission=mission, path=geojson(two_counties), options=COUNTIES
    )
    assert [(n.name, n.code) for n in preview.new] == [("Ashfield", "CR01"), ("Brookland", "CR02")]
    assert preview.batch.status == BatchStatus.PREVIEWED
    assert (preview.batch.rows_read, preview.batch.rows_added) == (2, 2)
    assert not Area.objects.exists()
    assert not AreaBoundary.objects.exists()


def test_load_brings_areas_shapes_and_population_with_their_source(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    options = AreasOptions(level=1, source_title="Census maps", vintage="2008")
    batch = load(actor, mission, geojson(two_counties), options)
    assert (batch.status, batch.rows_added) == (BatchStatus.LOADED, 2)
    ashfield = areas(actor, mission).get(code="CR01")
    boundary = boundaries_at(actor, mission, TODAY)[ashfield.pk]
    assert (boundary.vintage, str(boundary.source), boundary.batch_id) == (
        "2008", "Census maps", batch.pk,
    )  # fmt: skip
    figure = populations_at(actor, mission, TODAY)[ashfield.pk]
    assert (figure.year, figure.value) == (2008, 1200)
    assert AuditEntry.objects.filter(action="imports.batch.loaded").count() == 1


def test_loading_a_batch_reads_the_kept_file_again(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    path = geojson(two_counties)
    options = AreasOptions(level=1, valid_from=dt.date(2008, 3, 1))
    preview = preview_areas(actor=actor, mission=mission, path=path, options=options)
    stored = ImportBatch.objects.get(pk=preview.batch.pk)
    load_areas(actor=actor, batch_or_preview=stored, keep_good=False)
    assert AreaBoundary.objects.filter(valid_from=dt.date(2008, 3, 1)).count() == 2


def test_a_file_changed_since_its_preview_is_not_loaded(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: list[object]
) -> None:
    preview = preview_areas(
        actor=actor, mission=mission, path=geojson(two_counties), options=COUNTIES
    )
    geojson(two_counties[:1])
    with pytest.raises(BadState, match="another one than was previewed"):
        load_areas(
            actor=actor, batch_or_preview=ImportBatch.objects.get(pk=preview.batch.pk),
            keep_good=True,
        )  # fmt: skip
    assert not Area.objects.exists()


def test_loading_the_same_file_again_adds_nothing(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    path = geojson(two_counties)
    load(actor, mission, path)
    again = load(actor, mission, path)
    assert (again.rows_added, again.rows_changed, again.rows_known) == (0, 0, 2)
    assert (Area.objects.count(), AreaBoundary.objects.count()) == (2, 2)
    assert AreaPopulation.objects.count() == 2


def test_a_batch_is_loaded_once(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    preview = preview_areas(
        actor=actor, mission=mission, path=geojson(two_counties), options=COUNTIES
    )
    load_areas(actor=actor, batch_or_preview=preview, keep_good=True)
    with pytest.raises(BadState, match="cannot be loaded"):
        load_areas(actor=actor, batch_or_preview=ImportBatch.objects.get(), keep_good=True)


def test_a_match_adds_a_shape_and_keeps_the_old_one(
    actor: Viewer, mission: Mission, add: Add, geojson: Write, two_counties: object
) -> None:
    ashfield = add("A", "Ashfield")
    source = ensure_source(actor=actor, mission_id=mission.pk, title="Old map")
    old = add_boundary(
        actor=actor, area=ashfield, geometry=box(-10, 6, -9.5, 7), vintage="old", source=source
    )
    load(actor, mission, geojson(two_counties))
    assert boundaries_at(actor, mission, TODAY)[ashfield.pk].vintage == "areas.geojson"
    assert set(ashfield.boundaries.values_list("vintage", flat=True)) == {"old", "areas.geojson"}
    assert old.withdrawn_at is None


def test_undo_puts_the_old_shape_back_and_hides_what_came(
    actor: Viewer, mission: Mission, add: Add, geojson: Write, two_counties: object
) -> None:
    ashfield = add("A", "Ashfield")
    source = ensure_source(actor=actor, mission_id=mission.pk, title="Old map")
    old = add_boundary(
        actor=actor, area=ashfield, geometry=box(-10, 6, -9.5, 7), vintage="old", source=source
    )
    batch = load(actor, mission, geojson(two_counties))
    assert undo_areas(actor=actor, batch=batch, reason="wrong year") == 5
    assert boundaries_at(actor, mission, TODAY) == {ashfield.pk: old}
    assert [a.name for a in areas(actor, mission)] == ["Ashfield"]
    assert populations_at(actor, mission, TODAY) == {}


def test_an_undone_file_can_be_loaded_again_into_the_same_areas(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    path = geojson(two_counties)
    first = load(actor, mission, path)
    before = set(Area.objects.values_list("pk", flat=True))
    undo_areas(actor=actor, batch=first, reason="to try")
    load(actor, mission, path)
    assert {a.pk for a in areas(actor, mission)} == before
    assert len(boundaries_at(actor, mission, TODAY)) == 2


def test_undo_is_refused_while_later_areas_stand_under_it(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    counties = load(actor, mission, geojson(two_counties))
    district = [({"name": "Mill", "county": "Ashfield"}, box(-10, 6, -9.5, 6.5))]
    load(actor, mission, geojson(district, "d.geojson"), AreasOptions(level=2))
    with pytest.raises(StillNeeded, match="1 areas under them"):
        undo_areas(actor=actor, batch=counties, reason="wrong year")
    assert areas(actor, mission).count() == 3


def test_undo_says_what_is_hidden_with_the_areas(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    batch = load(actor, mission, geojson(two_counties))
    source = ensure_source(actor=actor, mission_id=mission.pk, title="List of posts")
    add_site(
        actor=actor, mission=mission, code="P1", name="Post 1", kind="post", lat=6.5, lon=-9.5,
        source=source, area=Area.objects.get(code="CR01"),
    )  # fmt: skip
    undo_areas(actor=actor, batch=batch, reason="wrong year")
    assert "1 sites" in ImportBatch.objects.get(pk=batch.pk).notes[-1]


def test_undo_needs_a_reason_and_a_loaded_batch(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    preview = preview_areas(
        actor=actor, mission=mission, path=geojson(two_counties), options=COUNTIES
    )
    with pytest.raises(OptionUnusable, match="needs a reason"):
        undo_areas(actor=actor, batch=preview.batch, reason=" ")
    with pytest.raises(BadState, match="cannot be undone"):
        undo_areas(actor=actor, batch=preview.batch, reason="no")


def test_bad_rows_refuse_the_file_or_are_left_out_as_chosen(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: list[object]
) -> None:
    path = geojson([*two_counties, ({"name": "Empty"}, Polygon()), ({"name": ""}, box(0, 0, 1, 1))])
    preview = preview_areas(actor=actor, mission=mission, path=path, options=COUNTIES)
    assert preview.bad_rows == 2
    with pytest.raises(RowsRefused, match="row 3, column geometry"):
        load_areas(actor=actor, batch_or_preview=preview, keep_good=False)
    assert not Area.objects.exists()
    batch = load_areas(actor=actor, batch_or_preview=preview, keep_good=True)
    assert (batch.rows_added, batch.rows_bad) == (2, 2)


def test_a_role_without_the_right_to_edit_places_is_refused(
    mission: Mission, holder: Callable[[str], Viewer], geojson: Write, two_counties: object
) -> None:
    path = geojson(two_counties)
    for role in ("operations", "adviser", "administrator"):
        with pytest.raises(Denied):
            preview_areas(actor=holder(role), mission=mission, path=path, options=COUNTIES)
    assert not ImportBatch.objects.exists()
    planner = holder("planner")
    batch = load(planner, mission, path)
    with pytest.raises(Denied):
        undo_areas(actor=holder("operations"), batch=batch, reason="x")


def test_preview_by_one_cannot_be_loaded_by_another_without_the_right(
    actor: Viewer, mission: Mission, holder: Callable[[str], Viewer], geojson: Write,
    two_counties: object,
) -> None:  # fmt: skip
    preview = preview_areas(
        actor=actor, mission=mission, path=geojson(two_counties), options=COUNTIES
    )
    with pytest.raises(Denied):
        load_areas(actor=holder("operations"), batch_or_preview=preview, keep_good=True)


def test_areas_added_meanwhile_are_matched_at_load(
    actor: Viewer, mission: Mission, add: Add, geojson: Write, two_counties: object
) -> None:
    preview = preview_areas(
        actor=actor, mission=mission, path=geojson(two_counties), options=COUNTIES
    )
    ashfield = add("A", "Ashfield")
    batch = load_areas(actor=actor, batch_or_preview=preview, keep_good=True)
    assert (batch.rows_added, batch.rows_changed) == (1, 1)
    assert ashfield.boundaries.count() == 1


def test_areas_are_recognised_by_code_name_alias_and_close_spelling(
    actor: Viewer, mission: Mission, add: Add, geojson: Write
) -> None:
    add("K-1", "Renamed since", p_code="CR01")
    add("K-2", "River Cess")
    add("K-3", "Old Town", aliases=["Newtown"])
    add("K-4", "Gbarpolu")
    add("K-5", "Left alone")
    path = geojson(
        [
            ({"name": "Ashfield", "code": "CR01"}, box(0, 0, 1, 1)),
            ({"name": "RIVERCESS"}, box(1, 0, 2, 1)),
            ({"name": "Newtown County"}, box(2, 0, 3, 1)),
            ({"name": "Gbapolu"}, box(3, 0, 4, 1)),
            ({"name": "Elsewhere"}, box(4, 0, 5, 1)),
        ]
    )
    preview = preview_areas(actor=actor, mission=mission, path=path, options=COUNTIES)
    assert [(m.area.code, m.how) for m in preview.matched] == [
        ("K-1", "code"),
        ("K-2", "name without spaces"),
        ("K-3", "alias"),
        ("K-4", "close spelling (0.93)"),
    ]
    assert [n.name for n in preview.new] == ["Elsewhere"]
    assert [a.name for a in preview.kept] == ["Left alone"]
    warned = [(p.row, p.severity) for p in preview.problems]
    assert warned == [(1, "warning"), (4, "warning")]


def test_a_code_of_another_vintage_does_not_beat_the_name(
    actor: Viewer, mission: Mission, add: Add, geojson: Write
) -> None:
    add("X", "Bomi", p_code="LR03")
    add("Y", "Gbarpolu")
    path = geojson([({"name": "Gbarpolu", "code": "LR03"}, box(0, 0, 1, 1))])
    preview = preview_areas(actor=actor, mission=mission, path=path, options=COUNTIES)
    assert [m.area.name for m in preview.matched] == ["Gbarpolu"]
    assert "Codes differ between publishers" in preview.problems[0].action


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karluway#1", "Karluway#2"),
        ("Commonwealth-B", "Commonwealth-C"),
        ("Sanquin II", "Sanquin III"),
        ("North Eastern Region", "South Eastern Region"),
        ("River Gee", "River Cess"),
        ("Western Rural", "Western Urban"),
    ],
)
def test_different_areas_with_like_names_are_not_close(one: str, other: str) -> None:
    assert closeness(one, other) < 0.88


def test_the_user_may_say_what_a_row_is(
    actor: Viewer, mission: Mission, add: Add, geojson: Write
) -> None:
    add("A", "Ashfield")
    add("B", "Gbarpolu")
    path = geojson([({"name": "Oakwood"}, box(0, 0, 1, 1)), ({"name": "Gbapolu"}, box(1, 0, 2, 1))])
    options = AreasOptions(level=1, same_as={"Oakwood": "A", "Gbapolu": ""})
    preview = preview_areas(actor=actor, mission=mission, path=path, options=options)
    assert [(m.name, m.area.code) for m in preview.matched] == [("Oakwood", "A")]
    assert [n.name for n in preview.new] == ["Gbapolu"]


def test_two_rows_of_one_area_are_both_refused(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: list[object]
) -> None:
    path = geojson([*two_counties, ({"name": "ashfield", "code": "CR09"}, box(-7, 6, -6, 7))])
    preview = preview_areas(actor=actor, mission=mission, path=path, options=COUNTIES)
    assert {p.row for p in preview.problems if p.severity == "error"} == {1, 3}
    assert [n.name for n in preview.new] == ["Brookland"]


def test_parents_come_from_the_column_else_from_the_ground(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    load(actor, mission, geojson(two_counties))
    districts = [
        ({"district": "Mill", "county": "Ashfield", "district_code": "1"}, box(-10, 6, -9.5, 7)),
        ({"district": "Ford", "county": "Rural Brook", "district_code": "1"}, box(-9, 6, -8, 7)),
        ({"district": "Far", "county": "Nowhere", "district_code": "2"}, box(5, 6, 6, 7)),
    ]
    preview = preview_areas(
        actor=actor,
        mission=mission,
        path=geojson(districts, "d.geojson"),
        options=AreasOptions(level=2),
    )
    assert (preview.level, preview.kind) == (2, "district")
    found = {row: parent.name if parent else None for row, parent in preview.parents.items()}
    assert found == {1: "Ashfield", 2: "Brookland", 3: None}
    assert [p.row for p in preview.problems if p.column == "parent"] == [3]
    assert any("'Rural Brook' → Brookland" in note for note in preview.notes)


def test_same_names_in_two_counties_stay_two_areas(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    load(actor, mission, geojson(two_counties))
    rows = [
        ({"district": "District 1", "county": "Ashfield"}, box(-10, 6, -9, 7)),
        ({"district": "District 1", "county": "Brookland"}, box(-9, 6, -8, 7)),
    ]
    path = geojson(rows, "d.geojson")
    assert load(actor, mission, path, AreasOptions(level=2)).rows_added == 2
    assert load(actor, mission, path, AreasOptions(level=2)).rows_known == 2


def test_only_the_missions_country_is_loaded_from_a_regional_file(
    actor: Viewer, mission: Mission, geojson: Write
) -> None:
    rows = [
        ({"admin0Name": "Carana", "admin1Name": "Ashfield"}, box(0, 0, 1, 1)),
        ({"admin0Name": "Katasi", "admin1Name": "Other"}, box(1, 0, 2, 1)),
    ]
    preview = preview_areas(actor=actor, mission=mission, path=geojson(rows))
    assert [n.name for n in preview.new] == ["Ashfield"]
    assert preview.rows == 1
    with pytest.raises(WrongPlace, match="only_country"):
        preview_areas(
            actor=actor, mission=mission, path=geojson([rows[1]]),
            options=AreasOptions(only_country="Carana"),
        )  # fmt: skip


def test_swapped_axes_are_noticed_and_can_be_put_right(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    load(actor, mission, geojson(two_counties))
    path = geojson([({"name": "Ashfield"}, box(6, -10, 7, -9))], "swapped.geojson")
    with pytest.raises(WrongPlace, match="swapped"):
        preview_areas(actor=actor, mission=mission, path=path, options=COUNTIES)
    options = AreasOptions(level=1, swap_axes=True)
    preview = preview_areas(actor=actor, mission=mission, path=path, options=options)
    assert preview.plan.rows[0].shape.bounds == (-10, 6, -9, 7)


def test_a_level_that_cannot_be_told_is_asked_for(
    actor: Viewer, mission: Mission, geojson: Write, two_counties: object
) -> None:
    with pytest.raises(LevelUnknown, match="option level"):
        preview_areas(actor=actor, mission=mission, path=geojson(two_counties))


def test_a_repaired_shape_says_so_in_preview_and_record(
    actor: Viewer, mission: Mission, geojson: Write
) -> None:
    tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    path = geojson([({"name": "Tie"}, tie)])
    preview = preview_areas(actor=actor, mission=mission, path=path, options=COUNTIES)
    assert [(r.row, r.name) for r in preview.repaired] == [(1, "Tie")]
    load_areas(actor=actor, batch_or_preview=preview, keep_good=False)
    assert "repaired: Self-intersection" in AreaBoundary.objects.get().basis


def test_names_read_with_the_wrong_encoding_are_put_right_and_shown(
    actor: Viewer, mission: Mission, add: Add, geojson: Write
) -> None:
    add("KE", "Kémo")
    path = geojson([({"name": "K├®mo"}, box(0, 0, 1, 1))])
    preview = preview_areas(actor=actor, mission=mission, path=path, options=COUNTIES)
    assert [m.area.code for m in preview.matched] == ["KE"]
    assert preview.problems[0].value == "K├®mo"


def test_a_population_that_is_no_count_is_left_out_and_said(
    actor: Viewer, mission: Mission, geojson: Write
) -> None:
    rows = [
        ({"name": "A", "pop2008": "82,036"}, box(0, 0, 1, 1)),
        ({"name": "B", "pop2008": -4}, box(1, 0, 2, 1)),
        ({"name": "C", "pop2008": "about 90"}, box(2, 0, 3, 1)),
    ]
    batch = load(actor, mission, geojson(rows))
    assert list(AreaPopulation.objects.values_list("value", flat=True)) == [82036]
    assert [p["row"] for p in batch.problems] == [2, 3]
    assert batch.rows_bad == 0
