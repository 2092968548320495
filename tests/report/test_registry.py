"""A format is one module; the table of names is complete."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import modelaudit.report as package
from modelaudit.report import registry


def test_every_module_with_a_name_is_listed_and_every_listed_name_has_a_module() -> None:
    names = {
        module.name
        for module in pkgutil.iter_modules(package.__path__)
        if hasattr(import_module(f"modelaudit.report.{module.name}"), "NAME")
    }
    assert names == set(registry.FORMATS)
    assert [import_module(f"modelaudit.report.{name}").NAME for name in registry.FORMATS] == list(registry.FORMATS)


@pytest.mark.parametrize("name", registry.FORMATS)
def test_a_format_knows_its_own_name_and_can_be_called(name: str) -> None:
    assert callable(registry.renderer(name))


@pytest.mark.parametrize("name", registry.INVENTORY_FORMATS)
def test_a_format_of_the_inventory_has_its_name(name: str) -> None:
    assert name == import_module(f"modelaudit.report.inventory.{name}").NAME
    assert callable(registry.inventory_renderer(name))


def test_the_usual_format_costs_no_heavy_import() -> None:
    program = "import sys; import modelaudit.report.full, modelaudit.report.registry; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"json", "rich", "typer", "msgspec", "yaml", "dataclasses", "pathlib", "subprocess", "logging", "importlib.metadata"} & set(
        loaded
    )
