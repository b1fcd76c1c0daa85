"""Where the words about a question about somebody's data stand."""

from pathlib import Path

from portal.cases.texts import Texts

TEXTS = Texts(Path(__file__).parent / "texts")
