"""The words of military and police unit names, in five languages, each with what it stands for.

A line reads `meaning = form, form, …`. The meaning is itself a form. Forms are written as
`normalise.fold` leaves them: lower case, no accents, Arabic letters unified and without the
article. A form of several words is read as one. English, French, Portuguese, Spanish, Arabic in
Arabic letters and as it is often written in Latin ones.
"""

# ruff: noqa: E501 (tables of words)

from enum import StrEnum


class WordClass(StrEnum):
    """What a word says about a unit."""

    ECHELON = "echelon"
    ARM = "arm"
    BRANCH = "branch"
    COUNTRY = "country"
    SIDE = "side"
    STAFF = "staff"
    GENERIC = "generic"
    PLAIN = "plain"


ECHELONS = """
corps = corp, cuerpo, corpo de exercito, cuerpo de ejercito, فيلق, faylaq, failaq
division = div, divn, divisional, divisao, فرقه, firqa, firqat
brigade = bde, bdes, brig, bda, brigada, لواء, لوا, liwa, liwaa
regiment = regt, rgt, rgto, rgmto, rgmt, regimental, regimento, regimiento, فوج, fawj, fouj
group = gp, grp, gpt, gpo, agrup, groupe, grupo, groupement, agrupamento, agrupacion, مجموعه, تجمع
battalion = bn, bns, batt, btn, btln, bat, batn, bataillon, btl, batalhao, batallon, كتيبه, katiba, katibat, kateeba, كتائب
company = coy, coys, cie, cia, compagnie, companhia, compania, سريه, sariya, saraya, seriyya
squadron = sqn, esq, sqdn, sqdrn, esc, escadron, esquadrao, escuadron, سرب
battery = bty, batterie, bateria, بطاريه
platoon = plt, pltn, pln, peloton, pelotao, peloton, pelotons, فصيله, fasila, فصيل
section = sect, sec, seccao, seccion, secao, شعبه
camp = campo, acampamento, معسكر
squad = escouade, escuadra, زمره, حضيره
troop = trp, troops, tropa
team = equipe, equipo, tm, فريق
detachment = dett, det, dets, detachement, destacamento, مفرزه
task force = tf, taskforce, force operationnelle, forca tarefa, fuerza de tarea, قوه مهام, قوه واجب
joint task force = jtf, fuerza de tarea conjunta, force operationnelle conjointe, قوه مهام مشتركه
sector = sctr, secteur, setor, قطاع, qita
subsector = sub sector, sous secteur, subsetor, قطاع فرعي
zone = zona, زون, zonal
region = regional, regiao, rgn, اقليم, منطقه, mintaqa
area command = areacom, area comd, commandement de zone, comando de area
command = cmd, comd, commandement, comando, comandancia, قياده, qiyada
district = dist, distrito, مقاطعه, مديريه شرطه, قسم
commissariat = comissariado, comisaria, commissariats, comissaria, esquadra, delegacia
station = stn, مركز, مركز شرطه
post = poste, posto, puesto, نقطه, مخفر, makhfar
outpost = out post, poste avance, موقع امامي
directorate = direction, direcao, direccion, dte, مديريه, mudiriya, diretoria
department = dept, dpt, departement, departamento, اداره, idara, دائره
bureau = buro, مكتب
divisional police = dphq, dpo, division police, police division, police divisional, divisional police headquarters, division police headquarters, divisional police hq, division police hq, divisional police office, division police office
legion = legiao
base = basis, قاعده, qaida
garrison = garnison, guarnicao, guarnicion, حاميه
barracks = bks, caserne, quartel, cuartel, ثكنه
depot = deposito, مستودع
school = ecole, escola, escuela, sch, مدرسه, madrasa
academy = academie, academia, اكاديميه, كليه عسكريه
college = coll, colegio, كليه, kulliya, staff college
training centre = training center, trg centre, tc, centre d instruction, centre instruction, centre de formation, centre entrainement, centro de instrucao, centro de instruccion, centro de entrenamiento, centro de treino, مركز تدريب
training school = trg sch, training schools
centre = center, centro, ctr
flotilla = flottille, flotilha, flotilla naval
fleet = flotte, frota, flota, اسطول
wing = escadre, ala, جناح
prison = prisons, maison d arret, prisao, prision, carcel, سجن
"""

ARMS = """
infantry = inf, infanterie, infantaria, infanteria, مشاه, mushat, fantassins
mechanised = mechanized, mech, mecanise, mecanisee, mecanizado, mecanizada, ميكانيكي, اليه
motorised = motorized, mot, motorise, motorisee, motorizado, motorizada, محموله اليا
armoured = armored, armd, armour, armor, blinde, blindee, blindes, blindado, blindada, blindados, acorazado, acorazada, مدرع, مدرعه, مدرعات, مدرعات دبابات, mudarraa
tank = char, chars, tanques, دبابات
cavalry = cav, cavalerie, cavalaria, caballeria, خياله
artillery = arty, art, artillerie, artilharia, artilleria, مدفعيه, madfaiya
air defence = air defense, ad, defense aerienne, defesa aerea, defensa aerea, anti aircraft, antiaerienne, sol air, دفاع جوي
engineers = engr, ing, engrs, engineer, eng, engineering, genie, engenharia, ingenieros, ingenieria, هندسه, مهندسين
signals = signal, sigs, sig, transmissions, transmission, transmissoes, transmisiones, comunicaciones, اشاره, اتصالات
logistics = log, logistic, logistique, logistica, امداد, لوجستيه, امداد وتموين
transport = tpt, train des equipages, transportes, نقل
supply = sup, intendance, ravitaillement, intendencia, تموين
medical = med, medicale, sante, saude, sanidad, medico, field ambulance, طبي, طبيه
ordnance = ord, materiel, material belico, ذخيره
maintenance = maint, mantenimiento, manutencao, صيانه
reconnaissance = recce, recon, reco, reconnaissance et d appui, reconhecimento, reconocimiento, eclairage, استطلاع
intelligence = intel, int, renseignement, renseignements, inteligencia, informacoes, استخبارات, مخابرات, mukhabarat
special forces = sf, forces speciales, forcas especiais, fuerzas especiales, قوات خاصه, special force
special operations = spec ops, special ops, operations speciales, operaciones especiales, operacoes especiais, عمليات خاصه
commando = cdo, commandos, cdos, comandos, صاعقه, مغاوير, saiqa
airborne = abn, aeroporte, aeroportee, aeroportes, aerotransportado, aerotransportada, محمول جوا, محموله جوا
parachute = para, paras, parachutiste, parachutistes, paraquedista, paraquedistas, paracaidista, paracaidistas, مظلي, مظليين, مظلات, paratroopers, paratroop
marine = marines, fuzileiros, fuzileiros navais, fusiliers marins, infanteria de marina, مشاه بحريه
amphibious = amph, amphib, amphibie, anfibio, anfibia, برمائي, برمائيه
mountain = mtn, montagne, montanha, montana, جبلي, جبليه
desert = saharien, saharienne, meharistes, صحراوي, صحراويه
jungle = jungla, selva, foret
light = lt, leger, legere, ligeira, ligero, ligera, خفيف, خفيفه
heavy = lourd, lourde, pesado, pesada, ثقيل, ثقيله
field = fd, fld, campagne, campanha, campana, ميدان, ميدانيه
rapid intervention = intervention rapide, intervencion rapida, intervencao rapida, rapid reaction, quick reaction, quick response, rapid response, rapid deployment, reaction rapide, reaccion rapida, reacao rapida, تدخل سريع, انتشار سريع, rapid force
support = spt, soutien, appui, apoio, apoyo, اسناد, دعم
mobile = mob, movel, movil, mobiles, متنقل, متحرك, متنقله
riot = anti riot, anti emeute, antidisturbios, antimotim, choque, مكافحه شغب
public order = maintien de l ordre, maintien ordre, ordem publica, orden publico, امن عام, حفظ نظام
counter terrorism = ct, anti terrorism, anti terrorist, antiterrorist, counterterrorism, counter terrorist, antiterroriste, contre terrorisme, lutte antiterroriste, lutte contre le terrorisme, antiterrorismo, antiterrorista, contraterrorismo, مكافحه ارهاب
counter insurgency = coin, counterinsurgency, contre insurrection, contrainsurgencia, مكافحه تمرد
robbery = anti robbery, antirobbery, anti banditisme, antibanditisme, grand banditisme, robo
narcotics = anti narcotics, antinarcotics, drug, drugs, drug enforcement, stupefiants, anti drogue, antidrogue, antinarcoticos, narcotrafico, droga, مخدرات, مكافحه مخدرات
kidnapping = anti kidnapping, antikidnapping, antisecuestro, secuestro, anti rapto, anti enlevement
criminal investigation = criminal investigations, police judiciaire, policia judiciaria, policia judicial, investigacao criminal, investigacion criminal, بحث جنائي, تحقيقات جنائيه, مباحث جنائيه
traffic = circulation, transito, trafego, مرور, muroor, circulacion
border = borders, frontiere, frontieres, fronteira, fronteiras, frontera, fronteras, حدود, hudud
coast = coast guard, coastguard, cotes, guarda costeira, guardacostas, garde cotes, خفر سواحل
customs = douane, douanes, alfandega, aduana, aduanas, جمارك
immigration = migration, migracao, migracion, هجره, جوازات
presidential = presidentielle, presidentiel, presidencial, رئاسي, رئاسيه, president
republican = republicain, republicaine, republicana, republicano, جمهوري, جمهوريه
security = securite, seguranca, seguridad, امن, amn, sec svc
protection = protecao, proteccion, حمايه, protective
military police = mp, prevote, prevotal, policia do exercito, شرطه عسكريه, provost
guard = guards, garde, gardes, guarda, guardia, حرس, haras
patrol = patrouille, patrulha, patrulla, دوريه, دوريات
training = trg, instruction, formation, instrucao, instruccion, entrenamiento, treino, تدريب
tactical = tac, tactique, tatico, tactico, تكتيكي
strike = choc
special = spl, spec, special duties, speciale, special, speciaux, speciales, especial, especiais, especiales, خاص, خاصه
weapons = swat, special weapons and tactics, armas
dog = k9, k 9, canine, cynophile, canina, cinotecnica, كلاب
explosives = eod, bomb disposal, deminage, explosivos, explosive ordnance disposal, متفجرات
women = femmes, mulheres, mujeres, نساء
river = riverine, fluvial, fluviale, fluviais, lagunaire, نهري, نهريه
missile = missiles, rocket, صواريخ, roquettes, cohetes
aviation = avn, aviacao, aviacion, طيران
helicopter = heli, hel, helicopteres, helicopteros, مروحيات
fighter = chasse, caza, caca
band = musique, banda, fanfare, musica
"""

BRANCHES = """
army = armee, exercito, ejercito, جيش, jaysh, jeish, armee de terre, land forces, ground forces, land force, forces terrestres, forcas terrestres, fuerzas terrestres, قوات بريه
police = pol, policia, شرطه, shurta, policias, polices
gendarmerie = gend, gendarmes, درك, darak, gendarmeria
navy = naval, nav, marine nationale, marinha, armada, بحريه, bahriya, قوات بحريه
air force = airforce, armee de l air, forca aerea, fuerza aerea, قوات جويه, air forces, aerienne
armed forces = forces armees, forcas armadas, fuerzas armadas, قوات مسلحه, defence forces, defense forces, defence force, defense force
corrections = correctional, penitentiaire, penitenciario, penitenciaria, prison service, prisons service, administration penitentiaire, اصلاحيه
civil defence = civil defense, protection civile, defensa civil, protecao civil, دفاع مدني
fire = pompiers, sapeurs pompiers, bombeiros, bomberos, اطفاء, fire brigade
militia = milice, milicia, ميليشيا, مليشيا, popular forces
forest = forestry, eaux et forets, rangers, game, wildlife, parks
"""

STAFF = """
headquarters = hq, hqs, headquarter, head quarters, head quarter, hqtrs, hdqtrs, hdq, quartier general, qg, etat major, estado maior, estado mayor, quartel general, cuartel general, مقر, مقر قياده, رئاسه اركان, اركان, general headquarters, ghq
"""

GENERIC = """
unit = unite, unidade, unidad, units, وحده, wahda
force = forces, forca, forcas, fuerza, fuerzas, قوه, قوات, quwwat, quwat
service = services, svc, servico, servicio, خدمه
national = nationale, nationaux, nacional, nat, natl, وطني, وطنيه, watani
general = gen, generale, geral, عام, عامه
central = centrale, مركزي, مركزيه
state = estado, ولايه
federal = federale, fed, اتحادي
royal = royale, real, ملكي
joint = conjoint, conjointe, conjunta, conjunto, interarmees, inter arms, مشترك, مشتركه, mixte, combined, mista, mixta
operation = op, ops, operations, opn, operacao, operacion, عمليه, عمليات, amaliyat
military = mil, militaire, militar, militaires, عسكري, عسكريه
combat = cbt, combate, قتال
local = locale, locaux, municipal, municipale
defence = defense, defensa, defesa, دفاع
ministry = ministere, ministerio, minister, وزاره
office = oficina, escritorio
hospital = hopital, مستشفي
"""

SIDES = """
north = northern, nord, norte, septentrional, شمال, شماليه, شمالي
south = southern, sud, sul, sur, meridional, جنوب, جنوبيه, جنوبي
east = eastern, est, leste, este, oriental, orientale, شرق, شرقيه, شرقي
west = western, ouest, oeste, occidental, occidentale, غرب, غربيه, غربي
north east = northeast, northeastern, north eastern, nord est, nordeste, noreste, شمال شرق
north west = northwest, northwestern, north western, nord ouest, noroeste, شمال غرب
south east = southeast, southeastern, south eastern, sud est, sudeste, sureste, جنوب شرق
south west = southwest, southwestern, south western, sud ouest, sudoeste, suroeste, جنوب غرب
"""

# Countries that host or hosted missions, or send troops. A country counts little in a name and
# is left out as often as it is written; two different ones stand against each other.
COUNTRIES = """
afghanistan = afghan, افغانستان, afghane
algeria = algerian, algerie, algerien, algerienne, جزائر, جزائري
angola = angolan, angolais, angolana, angolano
benin = beninese, beninois, beninoise
bolivia = bolivian, boliviano, boliviana
bosnia = bosnian, bosnia and herzegovina
botswana = batswana
brazil = brazilian, brasil, brasileira, brasileiro
burkina faso = burkinabe, burkina
burundi = burundian, burundais, burundaise
cameroon = cameroonian, cameroun, camerounais, camerounaise
cape verde = cabo verde, cabo verdiana
central african republic = car, rca, centrafrique, centrafricain, centrafricaine, republique centrafricaine, central african, افريقيا الوسطي
chad = chadian, tchad, tchadien, tchadienne, تشاد
colombia = colombian, colombiano, colombiana
comoros = comorian, comores, comorien
congo = congolese, congolais, congolaise, drc, rdc, dr congo, democratic republic of congo, democratic republic of the congo, republique democratique du congo
ivory coast = cote d ivoire, cote divoire, ivorian, ivoirien, ivoirienne
cuba = cuban, cubano, cubana
djibouti = djiboutian, djiboutien
ecuador = ecuadorian, ecuatoriano
egypt = egyptian, egypte, مصر, مصري
el salvador = salvadoran, salvadoreno, salvadorena
equatorial guinea = guinee equatoriale, guinea ecuatorial
eritrea = eritrean
ethiopia = ethiopian, ethiopie, اثيوبيا
gabon = gabonese, gabonais, gabonaise
gambia = gambian, the gambia
ghana = ghanaian
guatemala = guatemalan, guatemalteco
guinea = guinean, guinee, guineen, guineenne
guinea bissau = guine bissau, bissau guinean, bissau guineense
haiti = haitian, haitien, haitienne, d haiti
honduras = honduran, hondureno, hondurena
iraq = iraqi, irak, irakien, عراق, عراقي
jordan = jordanian, jordanie, اردن, اردني
kenya = kenyan, كينيا
kosovo = kosovar
lebanon = lebanese, liban, libanais, libanaise, لبنان, لبناني
lesotho = basotho
liberia = liberian
libya = libyan, libye, libyen, libyenne, ليبيا, ليبي
madagascar = malagasy, malgache
malawi = malawian
mali = malian, malien, malienne, maliennes, مالي
mauritania = mauritanian, mauritanie, mauritanien, موريتانيا, موريتاني
mauritius = mauritian, maurice
mexico = mexican, mexicano, mexicana
morocco = moroccan, maroc, marocain, مغرب, مغربي
mozambique = mozambican, mocambique, mocambicano
namibia = namibian
nepal = nepalese, nepali
nicaragua = nicaraguan, nicaraguense
niger = nigerien, nigerienne, نيجر
nigeria = nigerian, nig, نيجيريا
pakistan = pakistani
paraguay = paraguayan, paraguayo
peru = peruvian, peruano, peruana
philippines = philippine, filipino
rwanda = rwandan, rwandais, rwandaise, rwandese
senegal = senegalese, senegalais, senegalaise
sao tome = sao tome and principe
seychelles = seychellois
sierra leone = sierra leonean
somalia = somali, somalie, صومال, صومالي
south africa = south african
south sudan = south sudanese, soudan du sud, جنوب سودان
sudan = sudanese, soudan, soudanais, سودان, سوداني
eswatini = swaziland, swazi
syria = syrian, syrie, syrien, سوريا, سوري
tanzania = tanzanian
timor leste = east timor, timorese, timorense, timor
togo = togolese, togolais, togolaise
tunisia = tunisian, tunisie, tunisien, tunisienne, تونس, تونسي
uganda = ugandan, ouganda, ougandais
venezuela = venezuelan, venezolano, venezolana
yemen = yemeni, يمن, يمني
zambia = zambian
zimbabwe = zimbabwean
"""

# Short names of whole services, which stand for several words.
SERVICES = """
kdf = kenya armed forces
updf = uganda armed forces
fardc = congo armed forces
faca = central african republic armed forces
fama = mali armed forces
afl = liberia armed forces
rslaf = sierra leone armed forces
sndf = south africa armed forces
sandf = south africa armed forces
endf = ethiopia armed forces
gaf = ghana armed forces
tpdf = tanzania armed forces
spla = south sudan army
naf = nigeria air force
npf = nigeria police force
na = nigeria army
lnp = liberia police
pnh = haiti police
hnp = haiti police
pntl = timor leste police
fdtl = timor leste armed forces
slp = sierra leone police
ancop = afghanistan police public order
laf = lebanon armed forces
isf = security force
mopol = mobile police
pmf = police mobile force
cid = criminal investigation department
scid = state criminal investigation department
fpu = police unit
gn = gendarmerie national
pn = police national
gr = guard republican
gp = guard presidential
fds = security force
"""

STOPWORDS = frozenset(
    "of the and for in at on to from with de du des la le les et en au aux un une dans pour "
    "da do das dos e o os as y el los las del al para por no ed em "
    "في من و علي الي".split()
)
