"""Where the words of mails to staff stand: in Dutch, the language of the work."""

from pathlib import Path

from portal.cases.texts import Texts

TEXTS = Texts(Path(__file__).parent / "texts")
