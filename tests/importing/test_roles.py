"""The rules for roles: each is proved by its own examples."""

from __future__ import annotations

import pytest

from natoagenda.importing import roles
from natoagenda.importing.role_rules import NO_ROLE, RULES
from natoagenda.model import Role, Statement


@pytest.mark.parametrize(
    ("name", "example"),
    [pytest.param(rule.name, text, id=text[:60]) for rule in RULES for text in rule.examples],
)
def test_an_example_gets_its_role_through_its_rule(name: str, example: str) -> None:
    role, rule = roles.propose(example)
    assert rule is not None
    assert (rule.name, role) == (name, rule.role)


@pytest.mark.parametrize("text", NO_ROLE)
def test_what_is_neither_promise_nor_stance(text: str) -> None:
    role, _ = roles.propose(text)
    assert role not in (Role.COMMITMENT, Role.STANCE)


def test_every_rule_has_examples_and_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.examples for rule in RULES)
    order = [rule.role for rule in RULES]
    assert order == sorted(order, key=list(Role).index)


def test_a_norm_right_after_a_stance_goes_on_with_it() -> None:
    text = "Daarbij dient te worden voorkomen dat nationale waarborgen worden omzeild."
    assert roles.propose(text)[0] is Role.BACKGROUND
    assert roles.propose(text, Role.STANCE)[0] is Role.STANCE


def test_what_others_say_is_theirs() -> None:
    text = "In mei zei hij: ‘Wij vragen niet om medelijden, maar wij willen middelen en steun.’"
    assert roles.propose(text)[0] is Role.BACKGROUND


def statement(identifier: str, text: str, role: Role, *about: str) -> Statement:
    return Statement(
        id=identifier, text=text, text_en=None, pages=(1,), role=role, about=about, calls=()
    )


def test_about_is_the_statement_that_this_stands_for() -> None:
    first = statement("t.1.1", "De Raad zal conclusies aannemen.", Role.EXPECTATION)
    second = statement("t.1.2", "Nederland steunt dit.", Role.STANCE)
    assert roles.about(second, [first]) == ("t.1.1",)
    assert roles.about(second, []) == ()
    background = statement("t.1.2", "Dit is zo.", Role.BACKGROUND)
    assert roles.about(background, [first]) == ()
    alone = statement("t.1.2", "Nederland pleit voor meer vaart.", Role.STANCE)
    assert roles.about(alone, [first]) == ()


def test_two_stances_on_one_thing_are_about_the_same() -> None:
    first = statement("t.1.1", "De Raad zal conclusies aannemen.", Role.EXPECTATION)
    second = statement("t.1.2", "Nederland steunt dit.", Role.STANCE, "t.1.1")
    third = statement("t.1.3", "Het kabinet acht dit voorstel evenwichtig.", Role.STANCE)
    assert roles.about(third, [first, second]) == ("t.1.1",)


def test_the_items_of_an_enumeration_are_about_what_they_enumerate() -> None:
    first = statement("t.1.1", "Bondgenoten zullen een pakket overeenkomen.", Role.EXPECTATION)
    second = statement("t.1.2", "Ten eerste wordt gesproken over training.", Role.EXPECTATION)
    third = statement("t.1.3", "Ten tweede wordt gesproken over geld.", Role.EXPECTATION)
    assert roles.about(third, [first, second]) == ("t.1.1",)


# -- sentences that were written after the rules -------------------------------------------

STANCES = """
In algemene zin is Nederland positief over het pakket.
Nederland spreekt zijn steun uit voor de VN-gezant.
Nederland behoort tot de landen die pleiten voor strengere regels.
Samen met Duitsland en Frankrijk pleit Nederland voor een gezamenlijke aanpak.
Voor Nederland is cruciaal dat het pakket budgetneutraal is.
Nederland heeft zich altijd hard gemaakt voor vrouwenrechten.
Daarbij zal ik aangeven dat Nederland bereid is bij te dragen.
Het kabinet beziet het voorstel met een positieve grondhouding.
De minister zal in zijn interventie ingaan op de mensenrechtensituatie.
Nederland is er voorstander van dat de lijst wordt uitgebreid.
Nederland zal hier niet mee instemmen.
Het kabinet wijst het voorstel af.
Het kabinet heeft vraagtekens bij de haalbaarheid.
Ten aanzien van Syrië is de Nederlandse positie ongewijzigd.
Dit sluit aan bij de Nederlandse inzet.
Nederland pleit er, mede in het licht van de motie Sjoerdsma, voor om de lijst uit te breiden.
Met deze tekst kan Nederland leven.
Een verdere verhoging van de begroting is voor Nederland niet acceptabel.
De prioriteiten van Nederland zijn klimaat, migratie en veiligheid.
Nederland sluit zich aan bij de verklaring van de EU.
De Nederlandse inzet binnen EU- en NAVO-verband blijft gericht op de-escalatie.
Nederland heeft zich hierover kritisch uitgelaten.
Nederland heeft het initiatief genomen om samen met Duitsland een non-paper op te stellen.
De bewindspersonen zullen daarbij aandacht vragen voor de positie van vrouwen.
Het Koninkrijk steunt de resolutie.
Nederland staat niet onwelwillend tegenover het voorstel.
In de Nederlandse visie moet de Unie hierin het voortouw nemen.
Vanuit Nederland zal worden gepleit voor een stevige verklaring.
Daarbij zal van Nederlandse zijde worden benadrukt dat afspraken moeten worden nagekomen.
Het kabinet gaat akkoord met de voorgestelde tekst.
Nederland heeft aangegeven dit voorstel te steunen.
Nederland vraagt zich af of dit instrument het juiste is.
Nederland vreest dat de regeldruk hierdoor toeneemt.
Nederland behoudt zich het recht voor om hierop terug te komen.
Het kabinet verwacht van de Commissie dat zij snel met een voorstel komt.
""".strip().split("\n")

FACTS = """
Nederland is sinds 2014 lid van de coalitie.
De bijdrage van Nederland bedraagt 10 miljoen euro.
In 2019 heeft Nederland het voorzitterschap van de groep bekleed.
De Commissie heeft Nederland verzocht om informatie.
Ik heb uw Kamer hierover op 3 mei jl. geïnformeerd.
De Raad zal naar verwachting conclusies aannemen die door Nederland zijn voorgesteld.
De Nederlandse inzet wordt hieronder per onderwerp toegelicht.
Het Nederlandse fregat Zr.Ms. Tromp maakt deel uit van de missie.
De VS heeft Nederland gevraagd om een bijdrage.
De minister van Financiën van Griekenland zal een toelichting geven.
In de motie wordt de regering verzocht dit te onderzoeken.
Namens Nederland zal de staatssecretaris deelnemen.
Voor Nederland neemt de minister van Klimaat en Energie deel.
De Commissie zal naar verwachting ook Nederland vragen om een bijdrage.
Wij leven in een onzekere wereld.
De minister van Defensie van de Verenigde Staten zal het plan toelichten.
Wij verwijzen u naar de bijlage bij deze brief.
Het lid Sjoerdsma vroeg het kabinet naar de stand van zaken.
Turkije is van mening dat de EU haar afspraken niet nakomt.
Nederland werkt op dit terrein samen met Noorwegen.
""".strip().split("\n")

PROMISES = """
Over de uitkomsten van de Raad wordt uw Kamer geïnformeerd middels het verslag.
Het kabinet zal uw Kamer op de gebruikelijke wijze een BNC-fiche doen toekomen.
Zodra hierover meer duidelijkheid is, zal het kabinet uw Kamer informeren.
Hierover ontvangt u op korte termijn een separate brief.
Ik kom hier voor de zomer schriftelijk op terug.
""".strip().split("\n")


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        *((Role.STANCE, sentence) for sentence in STANCES),
        *((Role.COMMITMENT, sentence) for sentence in PROMISES),
    ],
)
def test_sentences_of_other_letters(role: Role, sentence: str) -> None:
    assert roles.propose(sentence)[0] is role


@pytest.mark.parametrize("sentence", FACTS)
def test_facts_about_the_netherlands_are_no_stances(sentence: str) -> None:
    assert roles.propose(sentence)[0] in (Role.BACKGROUND, Role.EXPECTATION)
