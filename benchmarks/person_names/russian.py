"""Russian names in several published romanisations: one is asked, another stands in the register.

BGN/PCGN (1947), the passport rules of 1997 (French-like) and of 2013 (ICAO), ISO 9 without its
diacritics, and the German Duden form. The names are put together from lists of common parts.
"""

import random
from itertools import product

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SYSTEMS = {
    "bgn": "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya",
    "icao_2013": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y  e iu ia",
    "french_1997": "a b v g d e e j z i i k l m n o p r s t ou f kh ts tch ch chtch  y  e iou ia",
    "iso_9": "a b v g d e e z z i j k l m n o p r s t u f h c c s s  y  e u a",
    "german": "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch  y  e ju ja",
}
GIVEN = "Александр Сергей Михаил Юрий Евгений Дмитрий Николай Андрей Алексей Вячеслав Ольга Ирина"
FATHER = "Иванович Петрович Сергеевич Юрьевич Алексеевич Николаевич Васильевич"
FAMILY = (
    "Щербаков Чайковский Жуков Хрущёв Яковлев Цветаев Шевчук Ершов Юшенко Ковальчук Воробьёв "
    "Зайцев Белоусов Гаврилюк Тищенко Мищенко Рощин Ёлкин Подольский Крюков"
)


def written(name: str, system: str) -> str:
    """The name in one romanisation."""
    table = dict(zip(LETTERS, SYSTEMS[system].split(" "), strict=True))
    return "".join(table.get(letter, letter) for letter in name.lower()).title()


def pairs(count: int, seed: int = 3) -> list[tuple[str, str, bool]]:
    """Pairs in two romanisations: half of one person, half of two who share a part of the name."""
    chance = random.Random(seed)
    people = [
        " ".join(parts) for parts in product(GIVEN.split()[:10], FATHER.split(), FAMILY.split())
    ]
    found = []
    for at in range(count):
        one, other = chance.sample(people, 2)
        if at % 2 == 0:
            other = one
        else:
            parts = one.split()
            parts[-1] = chance.choice([name for name in FAMILY.split() if name != parts[-1]])
            other = " ".join(parts)
        a, b = chance.sample(sorted(SYSTEMS), 2)
        found.append((written(one, a), written(other, b), at % 2 == 0))
    return found
