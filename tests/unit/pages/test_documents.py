"""Which pages can be found with a word."""

from portal.foundation.db import reading
from portal.pages.documents import documents


def found(site, keys=None):
    with reading(site.engine) as connection:
        return {document.key for document in documents(connection, site, keys)}


def test_a_page_is_found_unless_it_is_the_text_of_a_screen_or_only_leads_on_to_others(zwolle):
    assert "page:klacht" in found(zwolle)
    assert not found(zwolle) & {"page:sociale-kaart", "page:onderwerpen"}


def test_of_the_pages_that_were_asked_for_only_those_that_can_be_found_come(zwolle):
    assert found(zwolle, ["klacht", "onderwerpen"]) == {"page:klacht"}
