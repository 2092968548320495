"""Which values names hold, statement by statement."""

from collections.abc import Callable

from modelaudit.domain.expr import NOTHING, Choice, Expr, Name, Self, Text
from modelaudit.domain.facts import FileFacts

Extract = Callable[[str], FileFacts]


def texts(facts: FileFacts, value: Expr) -> set[str]:
    """Every text that a term may be, by the bindings of the file alone."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [value]
    while waiting:
        present = waiting.pop()
        match present:
            case Text():
                found.add(present.text)
            case Choice():
                waiting += present.options
            case Name() if present.ref not in seen:
                seen.add(present.ref)
                waiting += [
                    binding.value for binding in facts.bindings if binding.name == present.ref or binding.name == f"{present.ref}@1"
                ]
    return found


def used(extract: Extract, code: str) -> set[str]:
    """What may reach the one call of `use(model=…)`."""
    facts = extract(code)
    (site,) = (site for site in facts.sites if site.callee == "use")
    return texts(facts, site.model)


def test_the_last_assignment_counts(extract: Extract) -> None:
    assert used(extract, 'm = "a"\nm = "b"\nuse(model=m)') == {"b"}


def test_branches_meet(extract: Extract) -> None:
    assert used(extract, 'm = "a"\nif x:\n    m = "b"\nuse(model=m)') == {"a", "b"}


def test_a_branch_that_leaves_does_not_count(extract: Extract) -> None:
    assert used(extract, 'def f():\n    m = "a"\n    if x:\n        m = "b"\n        return\n    use(model=m)') == {"a"}


def test_a_loop_hands_its_last_value_to_its_next_turn(extract: Extract) -> None:
    assert used(extract, 'm = "a"\nfor i in range(3):\n    use(model=m)\n    m = "b"') == {"a", "b"}


def test_a_loop_within_a_loop_ends(extract: Extract) -> None:
    assert used(extract, 'm = "a"\nwhile x:\n    while y:\n        use(model=m)\n        m = m\n    m = "b"') == {"a", "b"}


def test_nonlocal_changes_the_name_around(extract: Extract) -> None:
    code = 'def f():\n    m = "a"\n    def g():\n        nonlocal m\n        m = "b"\n    def h():\n        use(model=m)'
    assert used(extract, code) == {"a", "b"}


def test_a_global_keeps_what_the_module_gave_it_beside_what_functions_do(extract: Extract) -> None:
    code = 'm = "a"\ndef f():\n    global m\n    m = "b"\ndef g():\n    use(model=m)'
    assert used(extract, code) >= {"a", "b"}


def test_a_starred_target_takes_the_middle(extract: Extract) -> None:
    facts = extract('first, *rest, last = ["a", "b", "c", "d"]')
    (rest,) = (binding.value for binding in facts.bindings if binding.name == "rest@1")
    assert [entry.value.text for entry in rest.entries] == ["b", "c"]  # type: ignore[union-attr]


def test_self_is_the_first_parameter_whatever_its_name(extract: Extract) -> None:
    facts = extract('class Bot:\n    def __init__(this):\n        this.model = "a"\n        use(model=this.model)')
    assert ("Bot.model", "a") in [(binding.name, getattr(binding.value, "text", "")) for binding in facts.bindings]
    (site,) = facts.sites
    assert getattr(site.model, "base", None) == Self("Bot")


def test_a_static_method_has_no_self(extract: Extract) -> None:
    facts = extract("class Bot:\n    @staticmethod\n    def of(self):\n        use(model=self.model)")
    (site,) = facts.sites
    assert not isinstance(getattr(site.model, "base", None), Self)


def test_cls_makes_an_instance_of_the_class(extract: Extract) -> None:
    facts = extract('class Bot:\n    @classmethod\n    def small(cls):\n        return cls("gpt-4o-mini")')
    assert [call.callee.ref for call in facts.calls if isinstance(call.callee, Name)] == ["Bot"]


def test_a_class_made_by_a_call_has_fields(extract: Extract) -> None:
    for fields in ('"name model"', '["name", "model"]', '[("name", str), ("model", str)]', '{"name": str, "model": str}'):
        facts = extract(f'Preset = namedtuple("Preset", {fields})')
        assert [entry.fields for entry in facts.classes] == [("name", "model")]


def test_none_is_no_value(extract: Extract) -> None:
    facts = extract("use(model=None)")
    assert [site for site in facts.sites if site.model != NOTHING] == []
