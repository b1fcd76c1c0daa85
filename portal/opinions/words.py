"""The words about a second opinion."""

from pathlib import Path

from portal.cases.texts import Texts

TEXTS = Texts(Path(__file__).parent / "texts")
#: Mails for experts, the team and the coordinator, in Dutch, the language of the work.
STAFF_TEXTS = Texts(Path(__file__).parent / "staff_texts")
