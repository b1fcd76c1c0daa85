"""Where the words about a complaint stand."""

from pathlib import Path

from portal.cases.texts import Texts

TEXTS = Texts(Path(__file__).parent / "texts")
#: Mails and paper for whom it is about, in Dutch, the language of the work.
STAFF_TEXTS = Texts(Path(__file__).parent / "staff_texts")
