"""A labelled set of unit names, made by seeded code: forces of many countries, five languages.

Every force gets a register of units and a list of names as a report might write them, each with the
unit it means, or with none where the unit is not in the register. Many units differ from another
by one number, one place or one word. The places are made of syllables and exist nowhere. The word
lists stand here on their own: the matcher's vocabulary is not used, so words may be unknown to it.
"""

# ruff: noqa: E501 (tables of words)

import random
from dataclasses import dataclass, field, replace

SEED = 20_261

# (language, country as in names, adjective) of the forces that are made.
FORCES = [
    ("en", "Liberia", "Liberian"), ("en", "Kenya", "Kenyan"), ("en", "Ghana", "Ghanaian"),
    ("en", "Uganda", "Ugandan"), ("en", "Sierra Leone", "Sierra Leonean"), ("en", "Nepal", "Nepalese"),
    ("fr", "Mali", "malienne"), ("fr", "Tchad", "tchadienne"), ("fr", "Cameroun", "camerounaise"),
    ("fr", "Burundi", "burundaise"), ("fr", "Niger", "nigérienne"), ("fr", "Haïti", "haïtienne"),
    ("pt", "Angola", "angolana"), ("pt", "Moçambique", "moçambicana"),
    ("es", "Colombia", "colombiana"), ("es", "Guatemala", "guatemalteca"),
    ("ar", "ليبيا", "الليبي"), ("ar", "السودان", "السوداني"),
]  # fmt: skip

ECHELONS = {
    "en": {"battalion": ["Battalion", "Bn", "Batt", "BN", "Bn."], "brigade": ["Brigade", "Bde", "Brig.", "BDE"],
           "division": ["Division", "Div", "Div."], "regiment": ["Regiment", "Regt", "Rgt"],
           "company": ["Company", "Coy", "Co."], "squadron": ["Squadron", "Sqn", "SQN"],
           "group": ["Group", "Gp", "Grp"], "sector": ["Sector"]},
    "fr": {"battalion": ["bataillon", "Bat.", "BTN", "Btl"], "brigade": ["brigade", "Bde", "Brig."],
           "division": ["division", "Div."], "regiment": ["régiment", "Rgt", "Régt"],
           "company": ["compagnie", "Cie", "Cie."], "squadron": ["escadron", "Esc.", "Escadron"],
           "group": ["groupement", "Gpt", "Groupement"], "sector": ["secteur", "Sect."]},
    "pt": {"battalion": ["Batalhão", "Bat.", "Btl"], "brigade": ["Brigada", "Brig", "Bda"],
           "division": ["Divisão", "Div"], "regiment": ["Regimento", "Rgto", "Reg."],
           "company": ["Companhia", "Cia", "Cª"], "squadron": ["Esquadrão", "Esq"],
           "group": ["Agrupamento", "Agrup."], "sector": ["Sector", "Setor"]},
    "es": {"battalion": ["Batallón", "Btn", "Bat."], "brigade": ["Brigada", "Brig.", "Bda"],
           "division": ["División", "Div."], "regiment": ["Regimiento", "Rgto", "Rgmto"],
           "company": ["Compañía", "Cía", "Cia"], "squadron": ["Escuadrón", "Esc."],
           "group": ["Grupo", "Gpo"], "sector": ["Sector"]},
    "ar": {"battalion": ["الكتيبة", "كتيبة", "Katibat"], "brigade": ["اللواء", "لواء", "Liwa"],
           "division": ["الفرقة", "فرقة"], "regiment": ["الفوج", "فوج"], "company": ["السرية", "سرية"],
           "squadron": ["السرب"], "group": ["المجموعة", "مجموعة"], "sector": ["القطاع"]},
}  # fmt: skip

ARMS = {
    "en": {"infantry": ["Infantry", "Inf", "INF"], "armoured": ["Armoured", "Armd", "Armored"],
           "mechanised": ["Mechanised", "Mech", "Mechanized"], "artillery": ["Artillery", "Arty"],
           "engineer": ["Engineer", "Engr", "Engineers"], "signal": ["Signal", "Sig", "Signals"],
           "reconnaissance": ["Reconnaissance", "Recce", "Recon"], "commando": ["Commando", "Cdo"],
           "airborne": ["Airborne", "Abn"], "amphibious": ["Amphibious", "Amph"],
           "logistics": ["Logistics", "Log"], "motorised": ["Motorised", "Motorized", "Mot"],
           "special forces": ["Special Forces", "SF"], "task force": ["Task Force", "TF"]},
    "fr": {"infantry": ["d'infanterie", "d'Inf.", "infanterie"], "armoured": ["blindé", "blindée"],
           "motorised": ["motorisé", "motorisée", "d'infanterie motorisée"],
           "artillery": ["d'artillerie", "Art."], "engineer": ["du génie", "génie"],
           "signal": ["des transmissions", "Trans."], "commando": ["commando", "Cdo"],
           "airborne": ["parachutiste", "para", "aéroporté"], "logistics": ["logistique", "Log."],
           "reconnaissance": ["de reconnaissance", "Reco"], "republican guard": ["de la garde républicaine"],
           "rapid intervention": ["d'intervention rapide", "intervention rapide"]},
    "pt": {"infantry": ["de Infantaria", "Inf."], "armoured": ["Blindado", "Blindada"],
           "motorised": ["Motorizada", "Motorizado"], "artillery": ["de Artilharia", "Art."],
           "engineer": ["de Engenharia", "Eng."], "commando": ["de Comandos", "Comandos"],
           "airborne": ["Paraquedista", "de Paraquedistas"], "marine": ["de Fuzileiros Navais", "Fuzileiros"]},
    "es": {"infantry": ["de Infantería", "Inf."], "armoured": ["Blindado", "Acorazado"],
           "artillery": ["de Artillería", "Art."], "engineer": ["de Ingenieros", "Ing."],
           "mountain": ["de Montaña", "de Alta Montaña"], "special forces": ["de Fuerzas Especiales", "FFEE"],
           "counter": ["Contraguerrilla", "de Contraguerrillas"], "mobile": ["Móvil", "Movil"],
           "jungle": ["de Selva", "Selva"]},
    "ar": {"infantry": ["مشاة", "المشاة"], "armoured": ["مدرعة", "المدرعة", "مدرعات"],
           "artillery": ["مدفعية", "المدفعية"], "engineer": ["هندسة", "الهندسة"],
           "special forces": ["قوات خاصة", "القوات الخاصة"], "commando": ["صاعقة", "الصاعقة"],
           "border": ["حرس الحدود"]},
}  # fmt: skip

SERVICES = {
    "en": ["{adj} Army", "{adj} Armed Forces", "{country} Army"],
    "fr": ["armée {adj}", "Forces armées {adj}s", "Armée de terre"],
    "pt": ["Exército {adj}", "Forças Armadas"], "es": ["Ejército {adj}", "Ejército Nacional"],
    "ar": ["الجيش {adj}"],
}  # fmt: skip

# Units without numbers: (what it is, how it may also be written); P is a place, C the country.
NAMED = {
    "en": [
        ("Special Anti-Robbery Squad, P State", ["SARS P", "P SARS", "P State Special Anti Robbery Squad", "Anti-Robbery Squad, P", "SARS, P State Command"]),
        ("P State Police Command", ["Police Command P State", "P Police Command", "P Command, C Police", "C Police Force P State Command", "P State Command"]),
        ("P Divisional Police Headquarters", ["DPHQ P", "Divisional Police HQ, P", "P Police Division", "Division Police Office P"]),
        ("P Police Station", ["Police Station P", "P Police Stn", "police post at P station"]),
        ("P Area Command", ["Area Command P", "P Area Comd", "Police Area Command, P"]),
        ("Operation P Shield", ["Op P Shield", "OP P SHIELD", "Task Force Operation P Shield", "JTF Operation P Shield"]),
        ("Joint Task Force P", ["JTF P", "P Joint Task Force", "P JTF"]),
        ("P Central Prison", ["Central Prison P", "P Prison", "P Central Prisons"]),
        ("P Barracks", ["P Bks", "Barracks, P", "military barracks P"]),
        ("Criminal Investigation Department, P", ["CID P", "P CID", "Criminal Investigations Dept P"]),
    ],
    "fr": [
        ("Commissariat de police de P", ["Commissariat P", "Commissariat de P", "Police de P commissariat", "Commissariat central de P"]),
        ("Brigade de gendarmerie de P", ["Gendarmerie de P", "Brigade gendarmerie P", "BG P", "Bde Gend. P"]),
        ("Direction régionale de la police de P", ["DR Police P", "Direction Régionale Police P", "Direction de la police de P"]),
        ("Compagnie de gendarmerie de P", ["Cie Gend. P", "Compagnie gendarmerie P", "Gendarmerie P compagnie"]),
        ("Prison centrale de P", ["Prison P", "Prison centrale P", "Maison d'arrêt de P"]),
        ("Opération P", ["Op. P", "Operation P", "force Opération P"]),
    ],
    "pt": [
        ("Comando Provincial da Polícia de P", ["Comando Policial P", "Polícia de P, Comando Provincial", "Comando Provincial P"]),
        ("Esquadra de Polícia de P", ["Esquadra P", "Esquadra da PRM P", "Esquadra de P"]),
        ("Unidade de Intervenção Rápida de P", ["UIR P", "Intervenção Rápida P", "U.I.R. de P"]),
    ],
    "es": [
        ("Departamento de Policía P", ["Policía de P", "Depto. Policía P", "DEPOL P", "Departamento Policía de P"]),
        ("Comisaría de P", ["Comisaria P", "Comisaría Policía P"]),
        ("Escuadrón Móvil Antidisturbios P", ["ESMAD P", "Escuadron Antidisturbios P"]),
    ],
    "ar": [
        ("مديرية شرطة P", ["شرطة P", "مديرية الشرطة في P"]),
        ("مركز شرطة P", ["مركز P", "مركز الشرطة P"]),
        ("قوات الدعم السريع P", ["الدعم السريع P", "قوات الدعم السريع في P"]),
    ],
}  # fmt: skip

ONCE = {
    "en": ["C Army School of Infantry", "C Army Intelligence Corps", "Presidential Guard", "Depot C Army",
           "C Army Corps of Signals", "C Military Academy", "Quick Response Force", "Police Mobile Force",
           "Counter Terrorism Unit", "Federal Special Protection Unit", "Training and Doctrine Command",
           "C Army School of Artillery", "Directorate of Military Intelligence", "Armed Forces Command and Staff College",
           "C Army Armour Corps", "Nuclear and Chemical Response Centre", "Western Naval Command", "Eastern Naval Command"],
    "fr": ["Garde présidentielle", "École de gendarmerie", "Direction des renseignements militaires", "État-major général des armées",
           "Groupe d'intervention de la gendarmerie", "Direction générale de la police nationale", "Brigade anti-criminalité",
           "Bataillon de soutien", "Direction de la sécurité du territoire"],
    "pt": ["Guarda Presidencial", "Escola de Sargentos", "Polícia de Intervenção Rápida", "Serviço de Investigação Criminal"],
    "es": ["Escuela de Cadetes de Policía", "Guardia Presidencial", "Dirección de Inteligencia", "Comando de Operaciones Especiales"],
    "ar": ["الحرس الرئاسي", "المخابرات العسكرية", "الكلية الحربية", "الحرس الجمهوري"],
}  # fmt: skip

SYLLABLES = {
    "en": ("ka ba ma do wa gu ri lo te ni sa ku fa zo be mu ga ra pe yo".split(), "ri du ma ka no li gu ta ra wa le to na ki".split()),
    "fr": ("bou ka sé ma di gao ko to ni fa mou ba ga ré lo na".split(), "gou dji ba ra la to na kro so dou ré ka mi".split()),
    "pt": ("lu ma ca que ben vi na mo ca xi tete ma ni cu".split(), "an da ba ge lo ta mbo que la ra ne ma".split()),
    "es": ("san ta bue po vi qui to me ca ma ti li pa na".split(), "ma lla ra yán co te na nal za mo la to".split()),
    "ar": ("بن طر مص سر زو غد نا كس در دن كر خر".split(), "غا اب را تة سي ان لا وم فور دة ها جا".split()),
}  # fmt: skip

TRANSLATED = {"infantry": "Infantry", "armoured": "Armoured", "artillery": "Artillery", "engineer": "Engineer",
              "motorised": "Motorised", "commando": "Commando", "signal": "Signals", "logistics": "Logistics",
              "battalion": "Battalion", "brigade": "Brigade", "division": "Division", "regiment": "Regiment",
              "company": "Company", "squadron": "Squadron", "group": "Group", "sector": "Sector", "airborne": "Parachute",
              "special forces": "Special Forces", "reconnaissance": "Reconnaissance", "border": "Border Guard",
              "marine": "Marine", "mountain": "Mountain", "rapid intervention": "Rapid Intervention",
              "republican guard": "Republican Guard", "jungle": "Jungle", "mobile": "Mobile"}  # fmt: skip

ARABIC_ORDINALS = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()
ENGLISH_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth".split()
FRENCH_ORDINALS = "Premier Deuxième Troisième Quatrième Cinquième Sixième Septième Huitième Neuvième Dixième".split()
ROMANS = "I II III IV V VI VII VIII IX X".split()


@dataclass(frozen=True)
class Made:
    """A unit as it was made; its name and aliases are written from this."""

    id: str
    name: str
    number: int = 0
    echelon: str = ""
    arm: str = ""
    place: str = ""
    parent: str = ""
    kind: tuple[str, tuple[str, ...]] = ("", ())


@dataclass(frozen=True)
class Question:
    """A name as a report may write it, and the unit it means; "" where it is not in the register."""

    name: str
    unit: str
    how: str
    place: str = ""
    parent: str = ""
    number: int = 0


@dataclass
class Force:
    """One force: its register and the questions."""

    country: str
    language: str
    units: list[Made] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    by_parts: dict[tuple[object, ...], str] = field(default_factory=dict)


def place_names(rng: random.Random, language: str, count: int) -> list[str]:
    """Made-up places; a fifth of them nearly alike."""
    first, last = SYLLABLES[language]
    found: dict[str, None] = {}
    while len(found) < count:
        name = rng.choice(first) + "".join(rng.choice(last) for _ in range(rng.randint(1, 3)))
        if rng.random() < 0.12:
            name += " " + rng.choice(first) + rng.choice(last)
        found.setdefault(name.title() if name.isascii() else name[0].upper() + name[1:])
        if rng.random() < 0.1:
            found.setdefault(name.title() + rng.choice(last))
    return list(found)[:count]


def ordinal(rng: random.Random, number: int, language: str, formal: bool) -> str:
    """A number as names write it; `formal` is the register's usual way."""
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(
        number % 10 if number % 100 not in (11, 12, 13) else 0, "th"
    )
    ways = {
        "en": [str(number), f"{number}{suffix}"],
        "fr": [f"{number}{'er' if number == 1 else 'e'}", f"{number}ème", str(number)],
        "pt": [f"{number}ª", f"{number}º", str(number)],
        "es": [f"{number}ª", f"{number}º", str(number), f"No. {number}"],
        "ar": [str(number), str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))],
    }[language]
    if formal:
        return ways[0]
    if number <= 10 and rng.random() < 0.15:
        words = {"en": ENGLISH_ORDINALS, "fr": FRENCH_ORDINALS, "ar": ARABIC_ORDINALS}.get(
            language, ROMANS
        )
        return rng.choice(
            [words[number - 1], ROMANS[number - 1]] if language != "ar" else [words[number - 1]]
        )
    if rng.random() < 0.05:
        return f"0{number}"
    return rng.choice(ways)


def written(rng: random.Random, language: str, number: str, echelon: str, arm: str) -> str:
    """The parts of a numbered unit in the order of its language."""
    if language == "en":
        return " ".join(part for part in (number, arm, echelon) if part)
    if language == "ar":
        return " ".join(part for part in (echelon, number, arm) if part)
    if rng.random() < 0.12:
        return " ".join(part for part in (echelon, arm, number) if part)
    return " ".join(part for part in (number, echelon, arm) if part)


def numbered_units(rng: random.Random, force: Force, places: list[str]) -> list[Made]:
    """Divisions, brigades, battalions and companies, numbers repeated under other arms."""
    language, found = force.language, list[Made]()
    echelons = ECHELONS[language]
    plan = {"division": 8, "brigade": 35, "battalion": 120, "regiment": 30, "company": 40,
            "squadron": 15, "group": 10, "sector": 6}  # fmt: skip
    taken: set[tuple[int, str, str, str]] = set()
    parents: dict[str, list[str]] = {"": []}
    for echelon, count in plan.items():
        parents[echelon] = []
        above = {"brigade": "division", "battalion": "brigade", "regiment": "division",
                 "company": "battalion"}.get(echelon, "")  # fmt: skip
        while len(parents[echelon]) < count:
            number = rng.choice([rng.randint(1, 12), rng.randint(1, 40), rng.randint(20, 250)])
            arm = (
                rng.choice([*ARMS[language], "", ""]) if echelon not in ("sector", "group") else ""
            )
            place = rng.choice(places) if rng.random() < 0.3 else ""
            if (number, echelon, arm, place) in taken:
                continue
            taken.add((number, echelon, arm, place))
            text = written(rng, language, ordinal(rng, number, language, True),
                           echelons[echelon][0], ARMS[language][arm][0] if arm else "")  # fmt: skip
            text = text[0].upper() + text[1:]
            if place:
                text += rng.choice([", ", " "]) + place
            parent = (
                rng.choice(parents[above])
                if above and parents[above] and rng.random() < 0.7
                else ""
            )
            found.append(
                Made(f"{force.country}-{len(found)}", text, number, echelon, arm, place, parent)
            )
            parents[echelon].append(text)
    return found


def named_units(rng: random.Random, force: Force, places: list[str], start: int) -> list[Made]:
    """Stations, commands, operations: the same words at many places; institutions, once each."""
    found = []
    for pattern, ways in NAMED[force.language]:
        for place in rng.sample(places, min(22, len(places))):
            name = (
                pattern.replace("P", place, 1)
                if pattern.startswith("P ")
                else f" {pattern} ".replace(" P ", f" {place} ").strip()
            )
            found.append(Made(f"{force.country}-n{start + len(found)}", name, place=place,
                              kind=(pattern, tuple(ways))))  # fmt: skip
    for pattern in ONCE[force.language]:
        name = f" {pattern} ".replace(" C ", f" {force.country} ").strip()
        found.append(Made(f"{force.country}-n{start + len(found)}", name, kind=(pattern, ())))
    return found


def misspelt(rng: random.Random, text: str) -> str:
    """One letter of one long word dropped, doubled, changed or swapped with its neighbour."""
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    if not long:
        return text
    at = rng.choice(long)
    word = words[at]
    place = rng.randint(1, len(word) - 2)
    kind = rng.randint(0, 3)
    words[at] = [
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + rng.choice("aeiourstn") + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ][kind]
    return " ".join(words)


def initials(name: str) -> str:
    """The first letters of the words that count."""
    small = {
        "of",
        "and",
        "the",
        "de",
        "la",
        "du",
        "des",
        "da",
        "y",
        "e",
        "d'infanterie",
        "del",
        "los",
    }
    return "".join(
        word[0] for word in name.replace(",", "").split() if word.lower() not in small
    ).upper()


def alias_of_numbered(rng: random.Random, force: Force, unit: Made) -> tuple[str, str]:
    """Another way to write a numbered unit, and how it was made."""
    language, how = force.language, []
    echelon = rng.choice(ECHELONS[language][unit.echelon])
    arm = rng.choice(ARMS[language][unit.arm]) if unit.arm else ""
    number = ordinal(rng, unit.number, language, False)
    tongue = language
    if language != "en" and rng.random() < 0.2:
        tongue, how = "en", ["translated"]
        echelon, arm = TRANSLATED[unit.echelon], TRANSLATED.get(unit.arm, arm)
        number = ordinal(rng, unit.number, "en", False)
    if arm and rng.random() < 0.15:
        arm, how = "", [*how, "arm dropped"]
    text = written(rng, tongue, number, echelon, arm)
    if unit.place and rng.random() < 0.7:
        text += rng.choice([", ", " ", " (", " - "]) + unit.place
        text += ")" if "(" in text else ""
    elif unit.place:
        how.append("place dropped")
    elif rng.random() < 0.12:
        text += ", " + rng.choice(place_names(rng, language, 3))
        how.append("place added")
    if rng.random() < 0.12 and unit.parent:
        text += ", " + unit.parent
        how.append("parent added")
    if rng.random() < 0.2:
        service = rng.choice(SERVICES[language]).format(
            adj=dict((c, a) for _, c, a in FORCES)[force.country], country=force.country
        )
        text = rng.choice([f"{service} {text}", f"{text}, {service}", f"{text} {service}"])
        how.append("service added")
    if language in ("en", "fr") and rng.random() < 0.1:
        text = rng.choice([f"HQ {text}", f"{text} HQ", f"Headquarters, {text}"])
        how.append("headquarters added")
    return text, ", ".join(how) or "rewritten"


def alias_of_named(rng: random.Random, force: Force, unit: Made) -> tuple[str, str]:
    """Another way to write a unit without a number."""
    _, ways = unit.kind
    if ways and rng.random() < 0.75:
        way = f" {rng.choice(ways)} ".replace(" P ", f" {unit.place} ").replace(
            " P,", f" {unit.place},"
        )
        return way.replace(" C ", f" {force.country} ").strip(), "named otherwise"
    if not ways and rng.random() < 0.4 and len(unit.name.split()) > 2:
        return initials(unit.name), "initials"
    return unit.name.replace(",", "") if rng.random() < 0.5 else unit.name.upper(), "case, commas"


def question_of(rng: random.Random, force: Force, unit: Made, places: list[str]) -> Question:
    """One question on a unit; a quarter mean a unit that is not in the register."""
    drawn, target = rng.random(), unit.id
    asked = unit
    if drawn < 0.16 and unit.number:
        other = unit.number + rng.choice([-1, 1, 10, 2, 100])
        asked = replace(unit, id="", number=other if other > 0 else unit.number + 3)
        target, how = same_unit(force, asked), "another number"
    elif drawn < 0.2 and unit.number and unit.arm:
        arm = rng.choice([a for a in ARMS[force.language] if a != unit.arm])
        asked = replace(unit, id="", arm=arm)
        target, how = same_unit(force, asked), "another arm"
    elif drawn < 0.23 and unit.number:
        echelon = rng.choice([e for e in ECHELONS[force.language] if e != unit.echelon])
        asked = replace(unit, id="", echelon=echelon, parent="")
        target, how = same_unit(force, asked), "another echelon"
    elif drawn < 0.27 and unit.place:
        place = rng.choice([*place_names(rng, force.language, 2), *places])
        name = unit.name.replace(unit.place, place)
        asked = replace(unit, id="", name=name, place=place)
        target, how = same_unit(force, asked), "another place"
    else:
        how = ""
    if drawn > 0.97:
        return Question(
            f"{rng.choice(places)} {rng.choice(['Boys', 'Lions', 'Escort', 'Group'])}",
            "",
            "nickname",
        )
    text, way = (
        alias_of_numbered(rng, force, asked) if unit.number else alias_of_named(rng, force, asked)
    )
    # What is left of a name after dropping words may be another unit's whole name.
    left = replace(
        asked,
        arm="" if "arm dropped" in way else asked.arm,
        place="" if "place dropped" in way else asked.place,
    )
    target = same_unit(force, left) or target
    if rng.random() < 0.1:
        text, way = misspelt(rng, text), f"{way}, misspelt"
    if rng.random() < 0.08:
        text = text.upper()
    place = asked.place if asked.place and rng.random() < 0.1 else ""
    parent = asked.parent if asked.parent and rng.random() < 0.1 else ""
    return Question(text, target, how or way, place, parent, asked.number)


def same_unit(force: Force, asked: Made) -> str:
    """The unit of the register with exactly these parts, "" for none."""
    if not force.by_parts:
        for unit in reversed(force.units):
            force.by_parts[parts(unit)] = unit.id
    return force.by_parts.get(parts(asked), "")


def parts(unit: Made) -> tuple[object, ...]:
    """What a unit is made of, without its id, name and parent."""
    return (
        unit.number,
        unit.echelon,
        unit.arm,
        unit.place,
        unit.kind,
        unit.name if not unit.number else "",
    )


def forces(seed: int = SEED, questions: int = 900) -> list[Force]:
    """All forces with their registers and questions, the same for the same seed."""
    found = []
    for at, (language, country, _) in enumerate(FORCES):
        rng = random.Random(seed + at)
        places = place_names(rng, language, 60)
        force = Force(country, language)
        force.units = numbered_units(rng, force, places)
        force.units += named_units(rng, force, places, len(force.units))
        force.questions = [
            question_of(rng, force, rng.choice(force.units), places) for _ in range(questions)
        ]
        found.append(force)
    return found


def many(names: int, units: int, seed: int = SEED) -> tuple[list[Made], list[Question]]:
    """A register and a list of the sizes asked, for measuring time and memory."""
    made: list[Made] = []
    asked: list[Question] = []
    while len(made) < units or len(asked) < names:
        seed += 100
        for force in forces(seed, questions=max(900, names // (units // 500))):
            made += [
                Made(f"{seed}-{u.id}", u.name, u.number, u.echelon, u.arm, u.place, u.parent)
                for u in force.units
            ]
            asked += force.questions
    return made[:units], asked[:names]
