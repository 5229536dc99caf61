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
