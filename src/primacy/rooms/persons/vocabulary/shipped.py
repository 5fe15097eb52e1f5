"""Ranks and roles in common use, by language and service, as Primacy ships them.

They are general usage of the services that wrote their rank tables in English, French, Portuguese
or Spanish, levelled beside each other from 1 (lowest) to 20: no country's law is quoted here. A
mission enters the words of its country, with their source, and those take the place of these.
"""

LANGUAGES: dict[str, tuple[str, ...]] = {
    # ISO 3166-1 alpha-3 → languages in which its services write ranks, the first one first.
    "LBR": ("en",), "SLE": ("en",), "GMB": ("en",), "GHA": ("en",), "NGA": ("en",),
    "SSD": ("en",), "SDN": ("en",), "SOM": ("en",), "KEN": ("en",), "UGA": ("en",),
    "CIV": ("fr",), "MLI": ("fr",), "BFA": ("fr",), "NER": ("fr",), "TCD": ("fr",),
    "CAF": ("fr",), "COD": ("fr",), "BDI": ("fr",), "GIN": ("fr",), "SEN": ("fr",),
    "TGO": ("fr",), "BEN": ("fr",), "HTI": ("fr",), "DJI": ("fr",), "CMR": ("fr", "en"),
    "RWA": ("en", "fr"), "TLS": ("pt",), "GNB": ("pt",), "MOZ": ("pt",), "AGO": ("pt",),
    "COL": ("es",), "GTM": ("es",), "SLV": ("es",), "MEX": ("es",), "GNQ": ("es", "fr"),
}  # fmt: skip
EVERY = ("en", "fr", "pt", "es")


def languages_of(country_code: str) -> tuple[str, ...]:
    """The languages of a country's ranks, its own first, then the others."""
    own = LANGUAGES.get(country_code.upper(), ())
    return (*own, *(one for one in EVERY if one not in own))


RANKS: dict[str, tuple[tuple[int, str], ...]] = {
    "en": (
        (1, "recruit; private; constable; police constable; patrolman; private soldier; trooper"),
        (2, "private first class; lance corporal; senior constable; patrolman first class"),
        (3, "corporal; bombardier; detective constable"),
        (4, "sergeant; police sergeant; detective sergeant"),
        (5, "staff sergeant; colour sergeant; senior sergeant; master sergeant"),
        (6, "warrant officer; warrant officer class 2; warrant officer class ii; sergeant major"),
        (
            7,
            "warrant officer class 1; warrant officer class i; regimental sergeant major;"
            " station sergeant major",
        ),
        (8, "second lieutenant; sub inspector; cadet inspector; ensign"),
        (9, "lieutenant; first lieutenant; inspector; police inspector; detective inspector"),
        (10, "captain; chief inspector; chief inspector of police; detective chief inspector"),
        (11, "assistant superintendent; assistant superintendent of police; asp"),
        (12, "major; deputy superintendent; deputy superintendent of police; dsp"),
        (13, "superintendent; superintendent of police; sp"),
        (
            14,
            "lieutenant colonel; lt col; chief superintendent; chief superintendent of police;"
            " senior superintendent of police; ssp",
        ),
        (15, "colonel; col; assistant commissioner; assistant commissioner of police; acp"),
        (
            16,
            "brigadier; brigadier general; commissioner of police; deputy commissioner of police;"
            " deputy commissioner; senior assistant commissioner of police",
        ),
        (
            17,
            "major general; assistant inspector general of police;"
            " assistant inspector general; aig",
        ),
        (
            18,
            "lieutenant general; deputy inspector general of police; deputy inspector general; dig",
        ),
        (19, "general; inspector general of police; inspector general; igp"),
        (20, "field marshal"),
    ),
    "fr": (
        (
            1,
            "recrue; soldat; soldat de deuxieme classe; gardien de la paix; agent de police;"
            " gendarme adjoint; eleve gendarme",
        ),
        (2, "soldat de premiere classe; gendarme; gendarme de deuxieme classe"),
        (3, "caporal; brigadier; brigadier de police; gendarme de premiere classe"),
        (4, "caporal chef; brigadier chef; sergent; marechal des logis"),
        (5, "sergent chef; marechal des logis chef; major de police"),
        (6, "adjudant"),
        (7, "adjudant chef; major; adjudant chef major"),
        (8, "aspirant; sous lieutenant; inspecteur de police; officier de police adjoint"),
        (9, "lieutenant; lieutenant de police; officier de police; inspecteur"),
        (10, "capitaine; capitaine de police; inspecteur principal; officier de police principal"),
        (
            12,
            "commandant; chef d escadron; chef de bataillon; commandant de police;"
            " commissaire adjoint",
        ),
        (13, "commissaire; commissaire de police"),
        (14, "lieutenant colonel; commissaire principal"),
        (15, "colonel; commissaire divisionnaire; commissaire superieur"),
        (
            16,
            "general de brigade; colonel major; controleur general; controleur general de police;"
            " commissaire divisionnaire principal",
        ),
        (17, "general de division; inspecteur general de police; inspecteur general"),
        (18, "general de corps d armee; directeur general de la police nationale"),
        (19, "general d armee; general"),
        (20, "marechal"),
    ),
    "pt": (
        (1, "recruta; soldado; agente estagiario; agente de segunda classe; guarda"),
        (2, "agente; agente de primeira classe; segundo cabo"),
        (3, "cabo; primeiro cabo; agente principal; agente chefe"),
        (4, "furriel; segundo sargento; sargento"),
        (5, "primeiro sargento; sargento principal"),
        (6, "sargento ajudante; sargento chefe"),
        (7, "sargento mor; primeiro sargento principal; chefe; chefe principal"),
        (8, "aspirante; alferes; subinspetor; subinspector"),
        (9, "tenente; inspetor; inspector; inspetor assistente; inspector assistente"),
        (10, "capitao; inspetor chefe; inspector chefe"),
        (12, "major; subcomissario; superintendente assistente"),
        (13, "comissario; superintendente"),
        (14, "tenente coronel; intendente; superintendente chefe"),
        (15, "coronel; coronel tirocinado"),
        (16, "brigadeiro general; brigadeiro; comissario chefe; comissario assistente"),
        (17, "major general; comissario geral adjunto"),
        (18, "tenente general; comissario geral; comandante geral da policia"),
        (19, "general"),
        (20, "marechal"),
    ),
    "es": (
        (1, "recluta; soldado; agente; guardia; patrullero; policia"),
        (2, "soldado primero; agente de primera; subintendente"),
        (3, "cabo; cabo segundo; dragoneante"),
        (4, "cabo primero; cabo primera; sargento segundo"),
        (5, "sargento; sargento primero; intendente"),
        (6, "sargento mayor; sargento ayudante; suboficial"),
        (7, "suboficial mayor; suboficial principal; subcomisario auxiliar"),
        (8, "alferez; subteniente; subinspector; oficial"),
        (9, "teniente; inspector; oficial primero; oficial segundo"),
        (10, "capitan; inspector jefe; inspector principal; oficial tercero"),
        (12, "mayor; subcomisario; comandante"),
        (13, "comisario"),
        (14, "teniente coronel; comisario principal"),
        (15, "coronel; comisario mayor; comisario superior"),
        (16, "brigadier general; general de brigada; comisario general"),
        (17, "mayor general; general de division"),
        (18, "teniente general; director general de la policia"),
        (19, "general; general de ejercito"),
    ),
}
"""By language: levels and the words of each, beside each other, without accents and signs."""

ROLES: dict[str, dict[str, str]] = {
    "en": {
        "yes": "commander; commanding officer; officer commanding; co; oc; commandant;"
        " unit commander; station commander; post commander; detachment commander;"
        " zone commander; depot commander; base commander; county commander;"
        " district commander; regional commander; region commander; divisional commander;"
        " division commander; brigade commander; battalion commander; company commander;"
        " platoon commander; sector commander; force commander; area commander;"
        " local unit commander; luc; officer in charge; oic; chief of police;"
        " police chief; inspector general of police; igp; head of police;"
        " general officer commanding; goc; commander in chief; chief of defence staff;"
        " chief of the defence staff; chief of the army staff; chief of army staff;"
        " divisional police officer; dpo; officer commanding police division; ocpd;"
        " prison superintendent; officer in charge of prison;"
        " director of police; commissioner general; director general of police",
        "no": "deputy; deputy commander; second in command; 2ic; executive officer; xo;"
        " deputy commanding officer; deputy inspector general; deputy chief of police;"
        " chief of staff; staff officer; adviser; advisor; spokesperson; spokesman;"
        " spokeswoman; public information officer; press officer; liaison officer;"
        " instructor; trainer; clerk; driver; cook; medic; doctor; nurse; chaplain;"
        " quartermaster; logistics officer; intelligence officer; operations officer;"
        " crime officer; investigator; detective; traffic officer; desk officer;"
        " adjutant; aide de camp; bodyguard; signaller; radio operator; armourer;"
        " accountant; finance officer; personnel officer; patrol officer; gunner;"
        " prosecutor; gender focal point; human rights officer;"
        " former commander; commander designate; sergeant at arms; retired",
        "depends": "acting; head; chief; director; in charge; supervisor; team leader; leader;"
        " squad leader; shift commander; shift supervisor; patrol commander; coordinator;"
        " superintendent; commissioner; inspector general; head of operations;"
        " director of operations; head of department; head of section;"
        " operational commander; ground commander; incident commander;"
        " chief of operations",
    },
    "fr": {
        "yes": "commandant d unite; commandant de l unite; commandant de compagnie;"
        " commandant de brigade; commandant de la brigade; commandant de bataillon;"
        " commandant de regiment; commandant de region; commandant de zone;"
        " commandant de secteur; commandant de place; commandant d armes;"
        " commandant de groupement; commandant d escadron; commandant de peloton;"
        " commandant de legion; commandant de la legion; commandant de la compagnie;"
        " commandant de la region; commandant en chef; commandant en titre;"
        " commandant du bataillon; commandant du regiment; commandant du secteur;"
        " chef de corps; chef de poste; chef de brigade; chef de detachement;"
        " commissaire central; chef de commissariat; chef du commissariat;"
        " directeur general de la police nationale; directeur general de la police;"
        " haut commandant de la gendarmerie; commandant superieur de la gendarmerie;"
        " directeur general de la gendarmerie; prefet de police; chef de la police;"
        " chef d etat major general; chef d etat major des armees; regisseur de prison;"
        " commandant de la place; chef de peloton; chef de section",
        "no": "adjoint; commandant adjoint; commandant en second; chef de corps adjoint;"
        " chef de poste adjoint; directeur general adjoint; chef d etat major; officier adjoint;"
        " porte parole; conseiller; officier de liaison; instructeur; formateur; secretaire;"
        " chauffeur; cuisinier; infirmier; medecin; aumonier; quartier maitre; comptable;"
        " officier de renseignement; officier logistique; officier des operations;"
        " officier de police judiciaire; enqueteur; aide de camp; garde du corps;"
        " radio; armurier; officier de permanence; ancien commandant; en retraite",
        "depends": "commandant; chef; chef de service; chef de division; directeur; responsable;"
        " par interim; interimaire; chef de groupe; chef d equipe; commissaire; coordonnateur;"
        " commandant de permanence; chef des operations; commandant des operations",
    },
    "pt": {
        "yes": "comandante; comandante geral; comandante distrital; comandante de distrito;"
        " comandante municipal; comandante regional; comandante de esquadra;"
        " comandante da esquadra; comandante de companhia; comandante da companhia;"
        " comandante de batalhao; comandante do batalhao; comandante de unidade;"
        " comandante da unidade; comandante de brigada; comandante de pelotao;"
        " comandante de posto; comandante do posto; comandante em chefe; chefe de posto;"
        " chefe do posto; chefe da policia; comissario geral da policia;"
        " chefe do estado maior general; diretor da prisao; director da prisao",
        "no": "adjunto; comandante adjunto; segundo comandante; subcomandante; vice comandante;"
        " comandante geral adjunto; chefe do estado maior; porta voz; assessor; conselheiro;"
        " oficial de ligacao; instrutor; formador; motorista; cozinheiro; enfermeiro; medico;"
        " capelao; contabilista; oficial de operacoes; oficial de informacoes;"
        " oficial de logistica; investigador; ajudante de campo; antigo comandante; reformado",
        "depends": "chefe; director; diretor; responsavel; interino; em exercicio; oficial de dia;"
        " coordenador; comissario; chefe de operacoes; chefe de seccao; chefe de turno",
    },
    "es": {
        "yes": "jefe de policia; jefe de la policia; director general de la policia;"
        " comandante de unidad; comandante de la unidad; comandante de batallon;"
        " comandante del batallon; comandante de brigada; comandante de compania;"
        " comandante de distrito; comandante de estacion; comandante de la estacion;"
        " comandante de puesto; comandante en jefe; comandante general; comandante regional;"
        " comandante departamental; jefe de comisaria; jefe de unidad; jefe de la unidad;"
        " jefe de puesto; jefe del estado mayor conjunto; alcaide",
        "no": "adjunto; segundo comandante; subjefe; subcomandante; subdirector;"
        " jefe de estado mayor;"
        " portavoz; vocero; asesor; consejero; oficial de enlace; instructor; conductor;"
        " cocinero; enfermero; medico; capellan; contador; oficial de operaciones;"
        " oficial de inteligencia; oficial de logistica; investigador; ayudante de campo;"
        " antiguo comandante; retirado",
        "depends": "comandante; jefe; director; encargado; responsable; interino; accidental;"
        " comisario; coordinador; jefe de operaciones; jefe de seccion; jefe de turno;"
        " comandante de guardia",
    },
}
"""By language: roles that command their unit, that do not, and that say too little to tell."""
