"""Where the words about a worry stand."""

from pathlib import Path

from portal.cases.texts import Texts

TEXTS = Texts(Path(__file__).parent / "texts")
