"""Numbers of one's own, read as people type them: counts, predictions, a table of labels and predictions pasted as CSV."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from derivations.words import Words

LARGEST = 10**9
"""No count is larger."""
ROWS = 20
"""So many predictions are treated at a time: each has lines of its own."""
PLACES = 20
"""So many decimals of a prediction, or digits of a fraction's numbers, are read."""
SHOWN = 40
"""So much of what was given is said back."""
LABELS = ("label", "labels", "y", "true", "target", "class", "标签", "真实", "类别")
PREDICTIONS = (
    "prediction",
    "predictions",
    "predicted",
    "yhat",
    "ŷ",
    "y_hat",
    "p",
    "prob",
    "probability",
    "score",
    "预测",
    "概率",
    "预测值",
)
NUMBER = re.compile(r"\+?(?=[.,]?\d)(\d*)(?:[.,](\d*))?(?:e([+-]?\d{1,3}))?\s*(%?)", re.IGNORECASE)
FRACTION = re.compile(r"\+?(\d+)\s*/\s*(\d+)")


@dataclass(frozen=True)
class Fault:
    """One thing that cannot be read: which message of the words, and what stands in it. `field` is what it was typed as: "heads", "predictions", "table"."""

    key: str
    field: str
    values: tuple[str, ...] = ()

    def said(self, words: Words) -> str:
        """What was given, what is allowed, what to do."""
        return words.of("own.faults", self.key).format(*self.values)


class BadInput(Exception):
    """What was typed cannot be read; all that is wrong with it, in order."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(each.key for each in faults))
        self.faults = faults

    def said(self, words: Words) -> str:
        """A line for each fault."""
        return "\n".join(each.said(words) for each in self.faults)


def counts(heads: str, tails: str, names: tuple[str, str] = ("--heads", "--tails")) -> tuple[int, int]:
    """How many tosses showed heads, and how many tails. `names`: what the two are called where they were typed.

    Raises:
        BadInput: one is no whole number from 0 to 10^9, or there is no toss at all.
    """
    found = [
        _count(given, field, name) for given, field, name in zip((heads, tails), ("heads", "tails"), names, strict=True)
    ]
    if faults := [each for each in found if isinstance(each, Fault)]:
        raise BadInput(*faults)
    if found == [0, 0]:
        raise BadInput(Fault("no-toss", "heads"))
    return tuple(found)  # type: ignore[return-value]


def _count(given: str, field: str, name: str) -> int | Fault:
    typed = _plain(given).removeprefix("+")
    if re.fullmatch(r"[0-9]+", typed):
        digits = typed.lstrip("0") or "0"
        if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
            return Fault("count-range", field, (name, _cut(given), str(LARGEST)))
        return int(digits)
    if re.fullmatch(r"[0-9]{1,3}([_,.' \u2019][0-9]{3})+", typed):
        return Fault("count-separators", field, (name, _cut(given), re.sub(r"[^0-9]", "", typed), str(LARGEST)))
    return Fault("count-no-number", field, (name, _cut(given), str(LARGEST)))


def predictions(given: Sequence[str]) -> tuple[str, ...]:
    """Probabilities as they were typed, as decimals or fractions that Python and the engine read exactly.

    Raises:
        BadInput: one is no number from 0 to 1, or there are none, or too many.
    """
    if not given:
        raise BadInput(Fault("no-predictions", "predictions"))
    if len(given) > ROWS:
        raise BadInput(Fault("many-predictions", "predictions", (str(len(given)), str(ROWS))))
    found = [_prediction(each) for each in given]
    faults = [
        Fault(f"prediction-{said.key}", "predictions", (str(at), *said.values))
        for at, said in enumerate(found, 1)
        if isinstance(said, Fault)
    ]
    if faults:
        raise BadInput(*faults)
    return tuple(str(each) for each in found)


def listed(text: str) -> list[str]:
    """Predictions in a row, between blanks, lines, semicolons or commas; a comma between digits is a decimal comma where no decimal point stands."""
    comma = "," if re.search(r"[.%/]", plain := _plain(text)) else r",(?=\s|$)"
    return [each for each in re.split(rf"[;\s\u3001]+|{comma}", plain) if each]


def _prediction(given: str) -> str | Fault:
    """A number from 0 to 1, exactly as typed: "0.90", "9/10", "0.07" for 7 %."""
    typed = _plain(given)
    if fraction := FRACTION.fullmatch(typed):
        over, under = map(int, fraction.groups())
        if under and max(map(len, fraction.groups())) <= PLACES:
            value, written = Fraction(over, under), f"{over}/{under}"
        else:
            return Fault("no-number" if not under else "long", "", (_cut(given), str(PLACES)))
    elif number := NUMBER.fullmatch(typed):
        whole, rest, power, percent = number.groups()
        moved = int(power or 0) - (2 if percent else 0)
        places = max(len(rest or "") - moved, 0)
        if places > PLACES or len(whole) + abs(moved) > 3 * PLACES:
            return Fault("long", "", (_cut(given), str(PLACES)))
        value = Fraction(int(f"{whole or ''}{rest or ''}")) * Fraction(10) ** (moved - len(rest or ""))
        units = str(int(value * 10**places)).rjust(places + 1, "0")
        written = f"{units[:-places]}.{units[-places:]}" if places else units
    else:
        return Fault("range" if re.fullmatch(r"[-\u2212][\d.,]+%?", typed) else "no-number", "", (_cut(given),))
    if value > 1:
        return Fault("range", "", (_cut(given),))
    return str(value) if value in (0, 1) else written


def decoded(read: bytes) -> str:
    """A file's text: UTF-8, with a byte order mark or without; UTF-16 with one; else GB 18030, in which Chinese spreadsheets write.

    Raises:
        BadInput: it is none of these.
    """
    marked = read.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            return read.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise BadInput(Fault("encoding", "table"))


def table(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Labels and predictions, pasted as CSV: columns by comma, semicolon, tab or blanks, with or without a header; decimal commas where the comma separates nothing.

    Raises:
        BadInput: rows that cannot be read, each by its number, what was given and what is allowed; none; or more than `ROWS`.
    """
    lines = unicodedata.normalize("NFKC", text.removeprefix("\ufeff")).splitlines()
    rows = [(at, _cells(line, lines)) for at, line in enumerate(lines, 1) if line.strip(" \t,;\u3000")]
    columns = (0, 1)
    if rows and _is_header(rows[0][1]):
        at, names = rows.pop(0)
        columns = _columns(at, names)
    if not rows:
        raise BadInput(Fault("no-rows", "table"))
    if len(rows) > ROWS:
        raise BadInput(Fault("many-rows", "table", (str(len(rows)), str(ROWS))))
    read = [_row(at, cells, columns) for at, cells in rows]
    if faults := [each for row in read for each in row if isinstance(each, Fault)]:
        raise BadInput(*faults)
    return tuple(int(str(row[0])) for row in read), tuple(str(row[1]) for row in read)


def _cells(line: str, lines: Sequence[str]) -> list[str]:
    """A row's cells, without blanks around; the separator is that of the whole table."""
    together = "\n".join(lines)
    separator = next((each for each in "\t;," if each in together), None)
    try:
        found = next(csv.reader([line], delimiter=separator, skipinitialspace=True)) if separator else line.split()
    except csv.Error:  # a cell of more than 131,072 characters
        found = [line]
    return [each.strip() for each in found]


def _is_header(cells: Sequence[str]) -> bool:
    return any(re.search(r"[^\W\d_]", each) and isinstance(_prediction(each), Fault) for each in cells) and not any(
        NUMBER.fullmatch(each) for each in cells
    )


def _columns(at: int, names: Sequence[str]) -> tuple[int, int]:
    """Where a header says that labels and predictions stand."""
    known = [each.casefold() for each in names]
    places = [next((known.index(each) for each in wanted if each in known), None) for wanted in (LABELS, PREDICTIONS)]
    if None in places:
        raise BadInput(Fault("header", "table", (str(at), _cut(", ".join(names)))))
    return places[0], places[1]  # type: ignore[return-value]


def _row(at: int, cells: Sequence[str], columns: tuple[int, int]) -> tuple[int | str | Fault, ...]:
    row, given = str(at), _cut(", ".join(cells))
    if len(cells) <= max(columns) or (columns == (0, 1) and len(cells) > 2 and any(cells[2:])):
        return (Fault("columns", "table", (row, str(len(cells)), given)),)
    label, prediction = (cells[column] for column in columns)
    read = _prediction(label)
    number = int(read) if read in ("0", "1") else Fault("row-label", "table", (row, _cut(label)))
    said = _prediction(prediction)
    return number, Fault(f"row-{said.key}", "table", (row, *said.values)) if isinstance(said, Fault) else said


def _plain(given: str) -> str:
    """As typed on any keyboard: ８ is 8."""
    return unicodedata.normalize("NFKC", given).strip()


def _cut(given: str) -> str:
    """What was given, said back: in quotes where it is blank, and not at any length."""
    return repr(given) if not given.strip() else given if len(given) <= SHOWN else f"{given[:SHOWN]}…"
