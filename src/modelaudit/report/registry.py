"""Finds the module of a format by its name, and imports it only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO, TypeAlias

from modelaudit.domain.report import Report
from modelaudit.report.style import Style

Renderer: TypeAlias = Callable[[Report, TextIO, Style], None]

FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "html")
"""Formats of `scan`, as the command line offers them."""

INVENTORY_FORMATS = ("table", "json", "cyclonedx")
"""Formats of `inventory`."""


def renderer(name: str) -> Renderer:
    """The `render` of a format of `scan`; `name` is one of `FORMATS`."""
    return _load(f"modelaudit.report.{name}")


def inventory_renderer(name: str) -> Renderer:
    """The `render` of a format of `inventory`; `name` is one of `INVENTORY_FORMATS`."""
    return _load(f"modelaudit.report.inventory.{name}")


def _load(module: str) -> Renderer:
    from importlib import import_module

    render: Renderer = import_module(module).render
    return render
