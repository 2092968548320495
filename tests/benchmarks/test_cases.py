"""The labels of the accuracy set say what they seem to say, and a wrong answer is counted as one."""

from __future__ import annotations

import pytest
from benchmarks.accuracy.cases import Case, Key, Place, load, read
from benchmarks.accuracy.measure import Bench, Counts

YAML = """\
=== config.yaml | one of everything
--- a.yaml
llm:
  model: gpt-4o  # not gpt-4  #= gpt-4o binding >> llm.model ; gpt-4 mention
supported_models: [o3-mini]  #= o3-mini catalog/binding at supported_models[0] >> ?
"""


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


def case(text: str) -> Case:
    (found,) = read(text, "test")
    return found


def test_labels_are_cut_off_and_understood() -> None:
    one = case(YAML)
    assert one.files == (("a.yaml", "llm:\n  model: gpt-4o  # not gpt-4\nsupported_models: [o3-mini]\n"),)
    assert [entry.key for entry in one.literals] == [Key("a.yaml", 2, "gpt-4o"), Key("a.yaml", 2, "gpt-4"), Key("a.yaml", 3, "o3-mini")]
    assert [entry.sites for entry in one.literals] == [frozenset({Place("a.yaml", 2, "llm.model")}), frozenset(), None]
    assert [entry.context for entry in one.literals] == [None, None, "supported_models[0]"]
    assert one.literals[2].roles == ("catalog", "binding")
    assert one.is_config


def test_right_labels_agree(bench: Bench) -> None:
    result = bench.run(case(YAML))
    assert result.failures == ()
    assert set(result.counts.shares()) == {1.0}
    assert ("binding", "binding") in result.told


@pytest.mark.parametrize(
    ("label", "failure"),
    [
        ("gpt-4o catalog >> llm.model", "role of gpt-4o (a.yaml:2) is binding, not catalog"),
        ("gpt-4o binding >> model", "gpt-4o (a.yaml:2) does not reach model (a.yaml:2)"),
        ("gpt-4o binding", "gpt-4o (a.yaml:2) wrongly reaches llm.model (a.yaml:2)"),
        ("gpt-4o binding at model >> *", "gpt-4o (a.yaml:2) is said to be in ['llm.model'], not model"),
        ("gpt-4o binding >> * ; gpt-4 mention", "missed gpt-4 (a.yaml:2)"),
        ("", "wrongly found gpt-4o (a.yaml:2) as binding"),
    ],
)
def test_a_wrong_answer_is_counted(bench: Bench, label: str, failure: str) -> None:
    result = bench.run(case(f"=== config.yaml | x\n--- a.yaml\nllm:\n  model: gpt-4o  #= {label}\n"))
    assert failure in result.failures
    assert min(result.counts.shares()) < 1


def test_any_site_on_the_line_will_do(bench: Bench) -> None:
    assert bench.run(case("=== config.yaml | x\n--- a.yaml\nllm:\n  model: gpt-4o  #= gpt-4o binding >> *\n")).failures == ()


def test_a_notebook_may_be_written_as_json() -> None:
    text = '=== config.notebook | x\n--- a.ipynb\n{\n "cells": [],\n "metadata": {}\n}\n'
    assert case(text).files == (("a.ipynb", '{\n "cells": [],\n "metadata": {}\n}\n'),)


def test_a_label_for_no_site_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no site is called"):
        read("=== 1 | x\nMODEL = 'gpt-4o'  #= gpt-4o binding > nowhere\n", "test")


def test_nothing_to_find_counts_as_found() -> None:
    assert set(Counts().shares()) == {1.0}


def test_the_set_covers_what_it_should() -> None:
    cases = load()
    config = [one for one in cases if one.is_config]
    assert len(config) >= 200
    assert len({one.shape for one in config}) >= 30
    roles = [role for one in config for entry in one.literals for role in entry.roles]
    assert all(roles.count(role) >= 15 for role in ("argument", "binding", "catalog", "comparison", "mention"))
    assert sum(not one.literals for one in config) >= 15
    assert len([one for one in cases if not one.is_config]) >= 300
    assert len({one.origin for one in cases}) == len(cases)
