"""Urgent questions: what must raise the box with numbers, and what must not."""

import time

import pytest

from search.urgent import UrgentKind, urgent

POSITIVE = [
    ("ik wil niet meer leven", "suicide"),
    ("Ik wil dood", "suicide"),
    ("ik wil doot", "suicide"),
    ("ik wil er niet meer zijn", "suicide"),
    ("ik wil nie meer leve", "suicide"),
    ("mijn zoon denkt aan selfmoort", "suicide"),
    ("zelfmoordgedachten", "suicide"),
    ("suïcidaal", "suicide"),
    ("ik wil een einde maken aan mijn leven", "suicide"),
    ("ik zie het leven niet meer zitten", "suicide"),
    ("ik wil mezelf pijn doen", "suicide"),
    ("hij doet mij pijn", "violence"),
    ("hij slaat mij", "violence"),
    ("mn man slaad me", "violence"),
    ("huiselijk gewelt", "violence"),
    ("ik word geslagen door mijn vriend", "violence"),
    ("bang voor mijn man", "violence"),
    ("mijn ex bedreigt mij", "violence"),
    ("ik ben verkragt", "violence"),
    ("mijn vader slaat mij", "child"),
    ("papa doet mij pijn", "child"),
    ("kindermishandeling melden", "child"),
    ("mijn man slaat de kinderen", "child"),
    ("er is brand in huis", "danger"),
    ("mijn man ademt niet meer", "danger"),
    ("ze heeft te veel pillen geslikt", "danger"),
    ("hij heeft een mes", "danger"),
    ("I want to die", "suicide"),
    ("I don't want to live anymore", "suicide"),
    ("my husband beats me", "violence"),
    ("my dad hits me", "child"),
    ("عنف منزلي", "violence"),
    ("زوجي يضربني", "violence"),
    ("أريد أن أموت", "suicide"),
    ("ölmek istiyorum", "suicide"),
    ("Kocam beni dövüyor", "violence"),
    ("nie chcę już żyć", "suicide"),
    ("mąż mnie bije", "violence"),
    ("не хочу жити", "suicide"),
    ("чоловік мене б'є", "violence"),
]

NEGATIVE = """
vlucht
pijn in mijn knie
mijn knie doet pijn
pijn bij het lopen
ik wil niet meer werken
ik wil niet meer alleen zijn
ik wil leven zonder schulden
ik wil niet meer roken
ik wil tot mijn 70e werken
ik wil niet verhuizen
mijn man is dood
hulp na overlijden
mijn moeder is overleden
rouw na verlies van mijn kind
rouwgroep
dood van een huisdier
hij doet mee
hij doet de was
wie doet mijn boodschappen
slaapproblemen
ik slaap slecht en ben bang
bang voor honden
ik ben bang in het donker
brandwonden
brandweer open dag
verzekering na brand
steken breien
mes slijpen
slaatje
hij slaat de plank mis
kinderen spelen
kinderopvang
mijn kind luistert niet
mijn kind wordt gepest
mijn dochter is 3 jaar
opvoeding
vader en kind zwemmen
weerbaarheid cursus
veilig fietsen
veiligheid in de wijk
huishoudelijke hulp
thuis wonen
einde van mijn contract
einde huurcontract
stoppen met drinken
verslaving
medicijnen bezorgen
pillen weggooien
ik zie slecht
gebroken been
ziekenhuis vervoer
gasrekening te hoog
geen lucht in mijn fietsband
levensmiddelen
levenstestament
iemand om mee te praten
learn dutch
I want to live in Zwolle
my knee hurts
تعلم الهولندية
Hollandaca öğrenmek
yalnızım
nauka holenderskiego
boję się ciemności
житло
допомога з боргами
""".strip().splitlines()


@pytest.mark.parametrize(("question", "kind"), POSITIVE)
def test_somebody_in_danger_is_recognised(question, kind):
    assert urgent(question) == UrgentKind(kind)


@pytest.mark.parametrize("question", NEGATIVE)
def test_an_everyday_question_raises_no_alarm(question):
    assert urgent(question) is None


def test_the_tables_are_as_long_as_promised():
    assert len(POSITIVE) >= 40
    assert len(NEGATIVE) >= 60


@pytest.mark.parametrize(
    "text", ["", " ", "^ $ ^ $", "ik " * 5000, "heeft een mes " * 500, "bang " * 4000 + "voor", "((((*"]
)
def test_an_odd_text_costs_hardly_any_time(text):
    urgent("warm")
    began = time.process_time()
    urgent(text)
    assert time.process_time() - began < 0.05
