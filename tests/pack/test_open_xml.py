"""Deck and workbook are held to the schemas of Open XML (ECMA-376), as Office reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from scorecard.pack.excel.render import workbook
from tests.pack import invented
from tests.pack.decks import long_deck


@pytest.mark.parametrize("name", ["pack.pptx", "pack.xlsx"])
def test_no_schema_of_open_xml_is_broken(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(long_deck().file if name == "pack.pptx" else workbook(invented.long_bytes()))
    validation = OpenXmlValidator(max_errors=20).validate(file)
    assert not validation.errors, [str(error) for error in validation.errors]
