"""Where the words about a conversation stand."""

from pathlib import Path

from portal.cases.texts import Texts

TEXTS = Texts(Path(__file__).parent / "texts")
#: Mails to staff, in Dutch, the language of the work.
STAFF_TEXTS = Texts(Path(__file__).parent / "staff_texts")
