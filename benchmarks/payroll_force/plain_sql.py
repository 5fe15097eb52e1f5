"""The plain way: one query a rule on the papers as they were written, as a clerk would ask them.

No way of writing is put in order, no reason on record is looked up, no peers are compared. A query
answers with the persons (or units) it would list.
"""

import sqlite3

from benchmarks.payroll_force.made import MadeForce

STATE = """
    SELECT DISTINCT p.person FROM pay p JOIN absence a ON a.person = p.person
    WHERE a.cause = '{}' AND p.kind = 'salary' AND p.month > a.first
"""

QUERIES = {
    "same_account": """
        SELECT person FROM pay WHERE account IN (
            SELECT account FROM pay GROUP BY account HAVING COUNT(DISTINCT person) > 1)""",
    "superiors_account": """
        SELECT DISTINCT m.person FROM roll m JOIN pay p ON p.person = m.person
        JOIN pay s ON s.person = m.superior AND s.account = p.account""",
    "paid_not_on_roll": """
        SELECT DISTINCT p.person FROM pay p LEFT JOIN roll m USING (person)
        WHERE m.person IS NULL""",
    "paid_twice": """
        SELECT person FROM pay WHERE kind = 'salary' GROUP BY person, month HAVING COUNT(*) > 1""",
    "paid_not_present": """
        SELECT e.person FROM expected e JOIN pay p ON p.person = e.person
            AND p.month = date(e.day, 'start of month') AND p.kind = 'salary'
        WHERE NOT EXISTS (
            SELECT 1 FROM present s WHERE s.person = e.person AND s.day = e.day)
        GROUP BY e.person HAVING COUNT(*) > 1""",
    "present_not_paid": """
        SELECT s.person FROM present s WHERE NOT EXISTS (
            SELECT 1 FROM pay p WHERE p.person = s.person
            AND p.month = date(s.day, 'start of month') AND p.kind = 'salary')
        GROUP BY s.person HAVING COUNT(*) > 1""",
    "paid_dead": STATE.format("dead"),
    "paid_deserted": STATE.format("deserted"),
    "paid_detained": STATE.format("detained"),
    "paid_in_ddr": STATE.format("in_ddr"),
    "paid_un_deployment": STATE.format("un_deployment"),
    "paid_retired": STATE.format("retired"),
    "paid_dismissed": STATE.format("dismissed"),
    "under_age": "SELECT person FROM roll WHERE date(born, '+18 years') > :today",
    "over_age": "SELECT person FROM roll WHERE date(born, '+61 years') <= :today",
    "hired_before_18": "SELECT person FROM roll WHERE date(born, '+18 years') > hired",
    "rank_above_post": "SELECT person FROM roll WHERE rank > post",
    "number_out_of_range": """
        SELECT person FROM roll
        WHERE CAST(substr(number, 2) AS INTEGER) NOT BETWEEN :first AND :last""",
    "number_reused": """
        SELECT person FROM roll WHERE number IN (
            SELECT number FROM roll GROUP BY number HAVING COUNT(*) > 1)""",
    "card_reused": """
        SELECT person FROM card WHERE number IN (
            SELECT number FROM card GROUP BY number HAVING COUNT(*) > 1)""",
    "card_not_issued": """
        SELECT m.person FROM roll m LEFT JOIN card c ON c.number = m.card
        WHERE c.number IS NULL""",
    "present_twice": """
        SELECT person FROM present GROUP BY person, day HAVING COUNT(*) > 1""",
    "promotion_without_vacancy": """
        SELECT q.person FROM promotion q JOIN post t ON t.unit = q.unit AND t.rank = q.rank
        WHERE (SELECT COUNT(*) FROM roll m WHERE m.unit = q.unit AND m.rank = q.rank) > t.posts""",
    "allowance_elsewhere": """
        SELECT DISTINCT p.person FROM pay p JOIN station s ON s.unit = p.unit
        WHERE p.kind = 'allowance' AND p.place <> s.place""",
    "new_before_census": """
        SELECT person FROM roll WHERE entered BETWEEN date(:census, '-60 days') AND :census""",
    "paid_above_establishment": """
        SELECT DISTINCT unit FROM (
            SELECT p.unit, COUNT(DISTINCT p.person) AS paid, e.posts FROM pay p
            JOIN establishment e USING (unit) WHERE p.kind = 'salary' GROUP BY p.unit, p.month)
        WHERE paid > posts""",
    "paid_above_rations": """
        SELECT DISTINCT unit FROM (
            SELECT p.unit, COUNT(DISTINCT p.person) AS paid, r.strength FROM pay p
            JOIN rations r ON r.unit = p.unit AND r.month = p.month
            WHERE p.kind = 'salary' GROUP BY p.unit, p.month)
        WHERE paid > strength""",
    "count_equals_establishment": """
        SELECT h.unit FROM head_count h JOIN establishment e USING (unit)
        WHERE h.counted = e.posts GROUP BY h.unit HAVING COUNT(*) > 2""",
    "same_sheet": """
        SELECT unit FROM head_count GROUP BY unit, sheet HAVING COUNT(*) > 2""",
    "same_presence": """
        WITH seen AS (
            SELECT m.unit, m.person, group_concat(s.day) AS days FROM roll m
            JOIN (SELECT DISTINCT person, day FROM present ORDER BY day) s USING (person)
            GROUP BY m.person)
        SELECT person FROM seen WHERE (unit, days) IN (
            SELECT unit, days FROM seen GROUP BY unit, days HAVING COUNT(*) > 2)""",
}

TABLES = """
    CREATE TABLE roll (person, number, unit, rank, post, born, hired, entered, superior, card);
    CREATE TABLE pay (person, month, unit, account, kind, place);
    CREATE TABLE absence (person, cause, first);
    CREATE TABLE head_count (unit, day, counted, sheet);
    CREATE TABLE expected (person, unit, day);
    CREATE TABLE present (person, unit, day);
    CREATE TABLE card (person, number);
    CREATE TABLE promotion (person, unit, rank);
    CREATE TABLE post (unit, rank, posts);
    CREATE TABLE establishment (unit, posts);
    CREATE TABLE station (unit, place);
    CREATE TABLE rations (unit, month, strength);
"""


def asked(made: MadeForce) -> dict[str, set[str]]:
    """Rule → whom the plain query lists."""
    force = made.force
    base = sqlite3.connect(":memory:")
    base.executescript(TABLES)
    fill(base, made)
    base.executescript(
        "CREATE INDEX a ON pay (person, month); CREATE INDEX b ON pay (account);"
        "CREATE INDEX c ON present (person, day); CREATE INDEX d ON roll (unit, rank);"
    )
    span = force.numbers[0]
    given = {
        "today": str(force.as_of), "census": str(force.censuses[0]),
        "first": span.first, "last": span.last,
    }  # fmt: skip
    return {
        rule: {str(row[0]) for row in base.execute(query, given)} for rule, query in QUERIES.items()
    }


def fill(base: sqlite3.Connection, made: MadeForce) -> None:
    """Puts the papers into the tables, as they were written."""
    force = made.force
    rows: dict[str, list[tuple[object, ...]]] = {
        "roll": [
            (m.person, m.number, m.unit, m.rank, m.post, str(m.born.earliest) if m.born else None,
             str(m.hired), str(m.entered), m.superior, m.card) for m in force.members
        ],
        "pay": [
            (p.person, str(p.month), p.unit, made.written[p.record], p.kind.value, p.place)
            for p in force.pay
        ],
        "absence": [(a.person, a.cause.value, str(a.first)) for a in force.absences],
        "head_count": [
            (h.unit, str(h.day), h.counted, ",".join(sorted(h.present))) for h in force.head_counts
        ],
        "expected": [(p, h.unit, str(h.day)) for h in force.head_counts for p in h.expected],
        "present": [(p, h.unit, str(h.day)) for h in force.head_counts for p in h.present],
        "card": [(c.person, c.number) for c in force.cards],
        "promotion": [(q.person, q.unit, q.to_rank) for q in force.promotions],
        "post": [(e.unit, r, n) for e in force.establishments for r, n in e.by_rank.items()],
        "establishment": [(e.unit, e.posts) for e in force.establishments],
        "station": [(s.unit, s.place) for s in force.stations],
        "rations": [(r.unit, str(r.month), r.strength) for r in force.rations],
    }  # fmt: skip
    for table, found in rows.items():
        marks = ", ".join("?" * len(found[0]))
        base.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
