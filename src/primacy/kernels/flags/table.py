"""The rules as a table, and the one function that runs them."""

from collections.abc import Collection

from primacy.kernels.flags import accounts, paid_states, patterns, persons, units
from primacy.kernels.flags.errors import NoSuchRule
from primacy.kernels.flags.reading import Reading
from primacy.kernels.flags.records import Force
from primacy.kernels.flags.rule import Flag, Limits, Office, Rule, Severity
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.strength import Cause

AUDITS = "rule of payroll audits"
FARDC = "census and pay chain of the FARDC from 2006 on; audit of 2025"
KENYA = "vetting of the police of Kenya, 2013-2017"
SIGAR = "SIGAR 15-26 and 15-54, on Afghanistan"
PARADE = "registration of forces in South Sudan, 2019; head counts at parades"
AGE_LAW = "age limits of national law; children: CRC Optional Protocol of 2000"


def _paid_while(
    code: str, cause: Cause, title: Sentence, office: Office, severity: Severity, source: str
) -> Rule:
    return Rule(
        code=code,
        title=title,
        meaning=Sentence(
            "A salary was paid for full months in which the person was in that state by the record."
        ),
        question=Sentence(
            "Is the day of the state right, and was the salary due for these months? If it was "
            "not: since when was the office told, and who received the money?"
        ),
        office=office,
        severity=severity,
        source=source,
        find=paid_states.paid_while(code, cause, severity),
    )


PAY_RULES = (
    Rule(
        "same_account",
        Sentence("One account for several persons"),
        Sentence("The pay of several persons goes to the same bank or mobile account."),
        Sentence("Whose account is it, and did each person agree in writing to be paid on it?"),
        Office.PAY,
        Severity.FIRST,
        KENYA,
        accounts.same_account,
    ),
    Rule(
        "superiors_account",
        Sentence("Paid to a superior's account"),
        Sentence("A person's pay goes to an account on which somebody above them is paid."),
        Sentence("Who asked for this account, when, and does the person receive the full pay?"),
        Office.INSPECTORATE,
        Severity.FIRST,
        KENYA,
        accounts.superiors_account,
    ),
    Rule(
        "paid_not_on_roll",
        Sentence("Paid and on no roll"),
        Sentence("The pay roll has a person whom no roll of the force has."),
        Sentence("Who is this person, in which post, and by whose order on the pay roll?"),
        Office.PERSONNEL,
        Severity.FIRST,
        FARDC,
        accounts.paid_not_on_roll,
    ),
    Rule(
        "paid_twice",
        Sentence("Two salaries for one month"),
        Sentence("A person was paid more than one salary for the same month."),
        Sentence("Is the second line arrears or a correction? Where is the order for it?"),
        Office.PAY,
        Severity.SOON,
        AUDITS,
        accounts.paid_twice,
    ),
    Rule(
        "paid_not_present",
        Sentence("Paid and not seen"),
        Sentence("A paid person was not seen at head counts that follow each other."),
        Sentence("Where was the person on these days, and which order or leave covers it?"),
        Office.PERSONNEL,
        Severity.FIRST,
        SIGAR,
        paid_states.paid_not_present,
    ),
    Rule(
        "present_not_paid",
        Sentence("Seen and not paid"),
        Sentence("A person who was seen at head counts received no salary while the unit did."),
        Sentence("Why was the pay stopped, was the person told, and can they appeal?"),
        Office.PAY,
        Severity.SOON,
        FARDC,
        paid_states.present_not_paid,
    ),
)

STATE_RULES = (
    _paid_while(
        "paid_dead", Cause.DEAD, Sentence("Paid after death"), Office.PAY, Severity.FIRST, FARDC
    ),
    _paid_while(
        "paid_deserted",
        Cause.DESERTED,
        Sentence("Paid after desertion"),
        Office.PAY,
        Severity.FIRST,
        FARDC,
    ),
    _paid_while(
        "paid_detained",
        Cause.DETAINED,
        Sentence("Paid while detained"),
        Office.PERSONNEL,
        Severity.ROUTINE,
        AUDITS,
    ),
    _paid_while(
        "paid_in_ddr",
        Cause.IN_DDR,
        Sentence("Paid while in a programme for former combatants"),
        Office.PERSONNEL,
        Severity.SOON,
        AUDITS,
    ),
    _paid_while(
        "paid_un_deployment",
        Cause.UN_DEPLOYMENT,
        Sentence("Paid while on a UN deployment"),
        Office.PERSONNEL,
        Severity.ROUTINE,
        AUDITS,
    ),
    _paid_while(
        "paid_retired",
        Cause.RETIRED,
        Sentence("Paid after retirement"),
        Office.PAY,
        Severity.SOON,
        FARDC,
    ),
    _paid_while(
        "paid_dismissed",
        Cause.DISMISSED,
        Sentence("Paid after dismissal"),
        Office.PAY,
        Severity.SOON,
        AUDITS,
    ),
)

ROLL_RULES = (
    Rule(
        "under_age",
        Sentence("Under age"),
        Sentence("A person on the roll is, or may be, below the least age for service."),
        Sentence(
            "How old is the person, by which document? Until that is known: keep the person away "
            "from duty, unpunished, and tell those who protect children."
        ),
        Office.CHILD_PROTECTION,
        Severity.FIRST,
        AGE_LAW,
        persons.under_age,
    ),
    Rule(
        "over_age",
        Sentence("Over age"),
        Sentence("A person on the roll is above the greatest age for the rank."),
        Sentence("Is the date of birth right, and was the service prolonged by order?"),
        Office.PERSONNEL,
        Severity.ROUTINE,
        AGE_LAW,
        persons.over_age,
    ),
    Rule(
        "hired_before_18",
        Sentence("Hired before 18"),
        Sentence("By the roll the person was hired below the least age."),
        Sentence("Which of the two dates is right? If both: was the person recruited as a child?"),
        Office.PERSONNEL,
        Severity.SOON,
        AGE_LAW,
        persons.hired_before_18,
    ),
    Rule(
        "rank_above_post",
        Sentence("Rank above the post"),
        Sentence("The rank of a person is above the one the post is for."),
        Sentence("By which order does the person hold this post, and at which rate of pay?"),
        Office.PERSONNEL,
        Severity.ROUTINE,
        AUDITS,
        persons.rank_above_post,
    ),
    Rule(
        "number_out_of_range",
        Sentence("Service number never issued"),
        Sentence("A service number lies outside the ranges issued, or came before its range."),
        Sentence("Who issued this number, on which day, and is it written right?"),
        Office.PERSONNEL,
        Severity.SOON,
        AUDITS,
        persons.number_out_of_range,
    ),
    Rule(
        "number_reused",
        Sentence("Service number used again"),
        Sentence("Several persons on the roll carry the same service number."),
        Sentence("Whose number is it? Are these rows one person, or was the number passed on?"),
        Office.PERSONNEL,
        Severity.SOON,
        KENYA,
        persons.number_reused,
    ),
    Rule(
        "card_reused",
        Sentence("One card number for several persons"),
        Sentence("Several persons held an identity card of the same number at the same time."),
        Sentence("To whom was the card issued, and who withdrew it from whom?"),
        Office.PERSONNEL,
        Severity.SOON,
        FARDC,
        persons.card_reused,
    ),
    Rule(
        "card_not_issued",
        Sentence("Card not issued to the person"),
        Sentence("The card number on the roll was issued to nobody, or to somebody else."),
        Sentence("Which card does the person carry, and which day was it issued on?"),
        Office.PERSONNEL,
        Severity.SOON,
        FARDC,
        persons.card_not_issued,
    ),
    Rule(
        "present_twice",
        Sentence("Seen in two units on one day"),
        Sentence("A person was seen at the head counts of two units on the same day."),
        Sentence("At which of the two does the person serve, and who answered at the other?"),
        Office.INSPECTORATE,
        Severity.SOON,
        PARADE,
        persons.present_twice,
    ),
    Rule(
        "promotion_without_vacancy",
        Sentence("Promotion without a vacancy"),
        Sentence("After a promotion a unit had more holders of the rank than posts for it."),
        Sentence("Which post was vacant, and by which board was the person chosen?"),
        Office.PERSONNEL,
        Severity.ROUTINE,
        AUDITS,
        patterns.promotion_without_vacancy,
    ),
    Rule(
        "allowance_elsewhere",
        Sentence("Allowance for a place where the unit was not"),
        Sentence("An allowance was paid for a place, and the unit was stationed elsewhere."),
        Sentence("Which order sent the person to that place, from when until when?"),
        Office.PAY,
        Severity.ROUTINE,
        AUDITS,
        patterns.allowance_elsewhere,
    ),
    Rule(
        "new_before_census",
        Sentence("New on the roll just before a census"),
        Sentence("A person came onto the roll shortly before a census, with no recruit class."),
        Sentence("By which order was the person taken on, and where were they trained?"),
        Office.PERSONNEL,
        Severity.SOON,
        FARDC,
        patterns.new_before_census,
    ),
)

UNIT_RULES = (
    Rule(
        "paid_above_establishment",
        Sentence("More paid than posts"),
        Sentence("A unit was paid for more persons than it has posts."),
        Sentence("By which order are persons above the establishment paid on this unit?"),
        Office.PERSONNEL,
        Severity.SOON,
        AUDITS,
        units.paid_above_establishment,
        "unit",
    ),
    Rule(
        "paid_above_rations",
        Sentence("More paid than fed"),
        Sentence("A unit was paid for clearly more persons than it drew rations for."),
        Sentence("Who does not draw rations, and why? Are the ration returns complete?"),
        Office.LOGISTICS,
        Severity.SOON,
        AUDITS,
        units.paid_above_rations,
        "unit",
    ),
    Rule(
        "count_equals_establishment",
        Sentence("Head count is the establishment, again and again"),
        Sentence("The head count of a unit is its number of posts exactly, count after count."),
        Sentence("Who counted, from which list, and can the sheets be seen?"),
        Office.INSPECTORATE,
        Severity.SOON,
        SIGAR,
        units.count_equals_establishment,
        "unit",
    ),
    Rule(
        "same_sheet",
        Sentence("The same sheet again"),
        Sentence("The lists of those present repeat each other more than chance lets them."),
        Sentence("Was each count held on the ground? Who signed each sheet?"),
        Office.INSPECTORATE,
        Severity.SOON,
        PARADE,
        units.same_sheet,
        "unit",
    ),
    Rule(
        "same_presence",
        Sentence("Present and absent together"),
        Sentence("A group is present and absent at the same head counts, more than chance allows."),
        Sentence("Do these persons serve together, and which duty took them away together?"),
        Office.UNIT,
        Severity.ROUTINE,
        PARADE,
        patterns.same_presence,
    ),
)

RULES: tuple[Rule, ...] = (*PAY_RULES, *STATE_RULES, *ROLL_RULES, *UNIT_RULES)
"""Every rule, in the order in which its flags are listed."""


ENROLLED_TWICE = Rule(
    "enrolled_twice",
    Sentence("Enrolled twice, perhaps"),
    Sentence("Two rows of the roll agree so far that they may be one person."),
    Sentence("Are these rows one person? If so: which number stands, and was either row paid?"),
    Office.PERSONNEL,
    Severity.SOON,
    FARDC,
    lambda _reading: (),
)
"""Found by linking the whole roll, which needs names: this table sees none and only words it."""


def rule(code: str) -> Rule:
    """The rule of a code; `NoSuchRule` names those there are."""
    for one in (*RULES, ENROLLED_TWICE):
        if one.code == code:
            return one
    raise NoSuchRule(
        f"No rule has the code '{code[:40]}'. There are: {', '.join(one.code for one in RULES)}."
    )


def raise_flags(
    force: Force, limits: Limits | None = None, rules: Collection[str] = ()
) -> list[Flag]:
    """The flags of a force by all rules, or by those named; in order of the table, then of keys."""
    wanted = [rule(code) for code in rules] if rules else list(RULES)
    reading = Reading(force, limits or Limits())
    return [flag for one in wanted for flag in one.find(reading)]
