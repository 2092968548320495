"""The neighbours of values."""

from typing import cast

from modelaudit.extract.keys import FileKeys
from modelaudit.extract.surroundings import Surroundings


def test_a_place_that_no_wanted_value_stands_in_has_no_arguments() -> None:
    # Met on rules/calls of this repository: a site at a place that nothing had been gathered for ended the scan.
    surroundings = Surroundings((), (), cast("FileKeys", None))
    assert surroundings.arguments(("rule", 53, "invalid", 53, "text")) == ()
    assert surroundings.arguments(()) == ()
