"""What is accepted, what goes to a person and what is not shown: rules without any engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.engines.linkage import Grade, LinkageSettings, Thresholds, Verdict, Why
from primacy.engines.linkage.clusters import clustered
from primacy.engines.linkage.comparisons import COMPARISONS
from primacy.engines.linkage.decide import decided
from primacy.engines.linkage.people import prepare
from primacy.engines.linkage.train import sample_of

FIELDS = [comparison.field for comparison in COMPARISONS]
NAMES = {"given", "family", "father"}
GRADES = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(Grade))
SURE = 0.999999


@given(grades=GRADES)
def test_names_alone_are_never_accepted_however_probable(grades: dict[str, Grade]) -> None:
    only_names = {f: grade if f in NAMES else Grade.UNKNOWN for f, grade in grades.items()}
    verdict = decided(SURE, only_names, Thresholds())
    assert verdict is not None
    assert verdict[0] is Verdict.REFER
    assert Why.NAME_ALONE in verdict[1]


@given(grades=GRADES, probability=st.floats(0, SURE))
def test_whatever_is_accepted_has_proof_and_nothing_against_it(
    grades: dict[str, Grade], probability: float
) -> None:
    verdict = decided(probability, grades, Thresholds())
    if verdict is None or verdict[0] is Verdict.REFER:
        assert verdict is None or verdict[1], "a person is told why"
        return
    assert probability >= Thresholds().accept
    agreeing = {f for f, grade in grades.items() if grade in {Grade.SAME, Grade.NEAR}}
    assert agreeing & {"given", "family"}
    assert agreeing & {"numbers", "birth", "contact"}
    assert not {f for f in ("numbers", "sex", "birth") if grades.get(f) is Grade.DIFFERS}


@given(grades=GRADES)
def test_a_shared_number_is_always_put_to_a_person_or_accepted(grades: dict[str, Grade]) -> None:
    assert decided(0.0, grades | {"numbers": Grade.SAME}, Thresholds()) is not None


def test_same_place_unit_and_intake_beside_the_name_are_not_proof() -> None:
    shared = ("given", "family", "father", "sex", "place", "unit", "intake")
    verdict = decided(SURE, dict.fromkeys(shared, Grade.SAME), Thresholds())
    assert verdict == (Verdict.REFER, (Why.NAME_ALONE,))


def test_a_married_name_is_accepted_only_on_two_proofs() -> None:
    grades = {"given": Grade.SAME, "family": Grade.DIFFERS, "birth": Grade.SAME}
    once = decided(SURE, grades, Thresholds())
    assert once == (Verdict.REFER, (Why.NAME_OTHER,))
    assert decided(SURE, grades | {"numbers": Grade.SAME}, Thresholds()) == (Verdict.ACCEPT, ())


@pytest.mark.parametrize(("refer", "accept"), [(0.0, 0.9), (0.9, 0.5), (0.5, 1.0)])
def test_thresholds_out_of_order_are_refused(refer: float, accept: float) -> None:
    with pytest.raises(ValueError, match="thresholds of linkage"):
        Thresholds(accept=accept, refer=refer)


def records(*numbers: str) -> list[dict[str, object]]:
    return [
        {"id": str(at), "given": "Ada", "family": "Weah", "numbers": number}
        for at, number in enumerate(numbers)
    ]


def test_a_chain_that_joins_two_document_numbers_goes_to_a_person() -> None:
    prepared = prepare(records("card: 111222333", "", "card: 999888777"))
    chain = [(0, 1, 0.999), (1, 2, 0.995)]
    (cluster,) = clustered(prepared, chain, LinkageSettings(), False)
    assert cluster.members == ("0", "1", "2")
    assert cluster.weakest == 0.995
    assert cluster.verdict is Verdict.REFER
    assert cluster.reasons == (Why.MEMBERS_CLASH,)


def test_a_slip_in_the_number_is_no_contradiction() -> None:
    prepared = prepare(records("card: 111222333", "card: 111222338"))
    (cluster,) = clustered(prepared, [(0, 1, 0.999)], LinkageSettings(), False)
    assert cluster.verdict is Verdict.ACCEPT


def test_a_cluster_larger_than_one_person_usually_is_goes_to_a_person() -> None:
    prepared = prepare(records(*[""] * 7))
    edges = [(at, at + 1, 0.999) for at in range(6)]
    (cluster,) = clustered(prepared, edges, LinkageSettings(largest_cluster=6), False)
    assert cluster.reasons == (Why.MANY_MEMBERS,)


def test_between_two_lists_a_person_stands_once_in_each() -> None:
    first = prepare(records("", ""))
    other = prepare([{"id": "0", "given": "Ada"}], source=1, first=2)
    first.rows += other.rows
    first.ids += other.ids
    (cluster,) = clustered(first, [(0, 2, 0.999), (1, 2, 0.999)], LinkageSettings(), True)
    assert cluster.reasons == (Why.MANY_MEMBERS,)


def test_the_sample_for_chance_holds_plainly_equal_persons_once() -> None:
    rows = [
        {
            "id": str(at),
            "given": f"Name{at % 40}",
            "family": "Weah",
            "numbers": f"card: {at % 40 + 1}",
        }
        for at in range(80)
    ]
    drawn = sample_of(prepare(rows).rows, 80, seed=3)
    assert len(drawn) == 40
    assert drawn == sample_of(prepare(rows).rows, 80, seed=3)
    assert drawn != sample_of(prepare(rows).rows, 80, seed=4)
