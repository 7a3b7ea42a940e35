"""Which of a workbook's styles show a number as a percentage: its styles part, read as the XML that it is."""

from __future__ import annotations

import re
from xml.parsers import expat

from scorecard.extract.files.zip_limits import Package, damaged, part_of_kind, tags

_PERCENT_FORMATS = frozenset({"9", "10"})  # 0% and 0.00%, which every workbook has
_ONLY_TEXT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', re.DOTALL)  # of a format: what is printed as it stands


class _Looks:
    """The formats and the cells' styles of a styles part, gathered while it is read."""

    def __init__(self) -> None:
        self.percent = set(_PERCENT_FORMATS)
        self.formats: list[str] = []  # of each style that a cell may have
        self._within = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "cellXfs":
            self._within = tag
        elif tag == "xf" and self._within:
            self.formats.append(attributes.get("numFmtId", "0").strip())
        elif tag == "numFmt":
            shown = "%" in _ONLY_TEXT.sub("", attributes.get("formatCode", ""))
            (self.percent.add if shown else self.percent.discard)(attributes.get("numFmtId", "").strip())

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] == self._within:
            self._within = ""


def percent_styles(package: Package) -> frozenset[bytes]:
    """The numbers of the styles in which a workbook shows percentages, as its cells write them.

    Raises Refused where the styles can't be read: a share would else be taken for a percentage.
    """
    name = part_of_kind(package, "styles")
    looks, parser = _Looks(), expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = looks.start, looks.end
    if name:
        try:
            for piece in tags(package, name):
                parser.Parse(piece)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise damaged("styles that can't be read") from None
    return frozenset(str(place).encode() for place, one in enumerate(looks.formats) if one in looks.percent)
