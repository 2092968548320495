"""Where values stand in program text, in the file's own words: tables and columns of SQL, what JavaScript compares with."""

from __future__ import annotations

import pytest

from modelaudit.domain.document import Kind, Path
from modelaudit.extract import formats

SQL = (
    ("UPDATE presets SET model = 'M' WHERE id = 1;", [(("presets", "model"), Kind.CONSTANT, "M")]),
    ('UPDATE ONLY public."Presets" p SET a = 1, "fastModel" = \'M\';', [(("Presets", "fastModel"), Kind.CONSTANT, "M")]),
    ("SELECT 1 FROM t WHERE t.model IN ('M', 'N');", [(("model",), Kind.COMPARISON, "M"), (("model",), Kind.COMPARISON, "N")]),
    ("SELECT 1 FROM t WHERE model NOT LIKE 'M';", [(("model",), Kind.COMPARISON, "M")]),
    ("INSERT INTO s.t (a, model) VALUES (f('x', 2), 'M');", [(("VALUES", "F", 0), Kind.ARGUMENT, "x"), (("t", "model"), Kind.MEMBER, "M")]),
    ("INSERT INTO t (model, a) VALUES ('M', 1),\n ('N', 2);", [(("t", "model"), Kind.MEMBER, "M"), (("t", "model"), Kind.MEMBER, "N")]),
    ("INSERT INTO t VALUES (1, 'M');", [(("VALUES", 1), Kind.MEMBER, "M")]),
    ("INSERT OR REPLACE INTO t (model) VALUES ('M');", [(("t", "model"), Kind.MEMBER, "M")]),
    ("INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET model = 'M';", [(("model",), Kind.CONSTANT, "M")]),
    ("CREATE TABLE t (id INT, model TEXT DEFAULT 'M' NOT NULL);", [(("t", "model"), Kind.CONSTANT, "M")]),
    ("CREATE TABLE IF NOT EXISTS s.t (id INT, PRIMARY KEY (id), CHECK (m = 'M'));", [(("m",), Kind.COMPARISON, "M")]),
    ("CREATE OR REPLACE FUNCTION ask(model TEXT DEFAULT 'M') RETURNS TEXT;", [(("ask", "model"), Kind.CONSTANT, "M")]),
    ("ALTER TABLE t ADD COLUMN model TEXT DEFAULT 'M';", [(("t", "model"), Kind.CONSTANT, "M")]),
    ("ALTER TABLE t ALTER COLUMN model SET DEFAULT 'M';", [(("t", "model"), Kind.CONSTANT, "M")]),
    ("CREATE TYPE m AS ENUM ('M');", [(("ENUM", 0), Kind.MEMBER, "M")]),
    ("BEGIN model := 'M'; END;", [(("model",), Kind.CONSTANT, "M")]),
    ("SELECT AI_QUERY('M', body) FROM t;", [(("AI_QUERY", 0), Kind.ARGUMENT, "M")]),
    ("CREATE MODEL d.m OPTIONS (ENDPOINT = 'M');", [(("OPTIONS", "ENDPOINT"), Kind.ARGUMENT, "M")]),
)

JAVASCRIPT: tuple[tuple[str, list[tuple[Path, str]]], ...] = (
    ("switch (chat.model) {\n  case 'M':\n    f();\n    break;\n  case 'N':\n}", [(("chat", "model"), "M"), (("chat", "model"), "N")]),
    ("switch (a) { case 'M': switch (b?.c) { case 'N': } case 'O': }", [(("a",), "M"), (("b", "c"), "N"), (("a",), "O")]),
    ("switch (pick(x)) { case 'M': }", [((), "M")]),
    ("if (settings.model === 'M') {}", [(("settings", "model"), "M")]),
    ("if ('M' != this.model) {}", [(("model",), "M")]),
    ("ask({ tokens: chat.model === 'M' || chat.model == 'N' ? 1 : 2 });", [(("chat", "model"), "M"), (("chat", "model"), "N")]),
    ("const old = pick() === 'M';", [(("old",), "M")]),
    ("const most = LIMITS['M'].tokens + limits.of()[`N`];", [(("LIMITS",), "M"), ((), "N")]),
    ("const all = ['M'] as const;", []),
)


@pytest.mark.parametrize(("text", "wanted"), SQL)
def test_sql_by_table_and_column(text: str, wanted: list[tuple[Path, Kind, str]]) -> None:
    assert [(value.path, value.kind, value.text) for value in formats.parse("sql", text).values] == wanted


@pytest.mark.parametrize(("text", "wanted"), JAVASCRIPT)
def test_javascript_by_what_is_compared(text: str, wanted: list[tuple[Path, str]]) -> None:
    values = formats.parse("javascript", text).values
    assert [(value.path, value.text) for value in values if value.kind is Kind.COMPARISON] == wanted
