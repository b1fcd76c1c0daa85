"""The golden set: questions as people type them, with what a careful social worker would want them to find.

Each line of the CSV files: id, kind, language of the question, locale of the site, question, answers (`key=grade`,
2 is just what is meant, 1 helps too; none when the portal has no answer). Who wrote the questions saw the texts of the
portal, and neither the thesaurus nor the search code.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

FOLDER = Path(__file__).parent
KINDS = ("exact", "misspelt", "compound", "everyday", "language", "none")


@dataclass(frozen=True)
class Question:
    """One question; `grades` per key of a document."""

    id: str
    kind: str
    language: str
    locale: str
    text: str
    grades: Mapping[str, int]

    @property
    def tuned(self) -> bool:
        """Whether it lies in the half we may look at while tuning; the other half only tells how well it went."""
        return crc32(self.text.encode()) % 2 == 0


def read() -> list[Question]:
    """All questions, in the order of their files."""
    return [_question(row) for file in sorted(FOLDER.glob("*.csv")) for row in csv.DictReader(_lines(file))]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _question(row: Mapping[str, str]) -> Question:
    pairs = (answer.rpartition("=") for answer in row["answers"].split())
    grades = {key: int(grade) for key, _, grade in pairs}
    return Question(row["id"], row["kind"], row["language"], row["locale"], row["question"], grades)
