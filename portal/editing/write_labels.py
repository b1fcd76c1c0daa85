"""What the writing room says of each thing that readers would not see as it was written: what it is, and what to do."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationString, TranslationStringFactory

from portal.editing.checks import Finding

_ = TranslationStringFactory("portal")

#: code of `portal.editing.checks` → the sentence; `${what}` is what stands there.
FINDINGS: Mapping[str, TranslationString] = {
    "no_title": _("There is no title yet. Say what the page does for the reader."),
    "long_title": _("The title has ${what} characters. More than 80 do not fit. Make it shorter."),
    "no_summary": _("There is no summary yet. Answer the question of the reader in one or two sentences."),
    "slug": _("The address may hold small letters, numbers and hyphens only, such as: making-a-complaint."),
    "no_text": _("There is no text yet."),
    "long_text": _("The text has ${what} characters. More than 200,000 do not fit. Make two pages of it."),
    "no_words": _("A step has an address but no words: ${what}. Write what the reader will do there."),
    "html": _("Readers do not see ${what} as you mean it. Take it out; the help shows how to write it."),
    "picture": _("Pages have no pictures. Take it out and say in words what it shows."),
    "top_heading": _("The title is the only heading of the first level. Begin “${what}” with two signs: ##."),
    "deep_heading": _("Readers see no heading as deep as “${what}”. Use ## or ###."),
    "empty_heading": _("A heading without words. Write them, or take it out."),
    "unknown_block": _("There is no block called “${what}”. Write ::: note or ::: urgent."),
    "open_block": _("This block has no end. Put a line with only ::: below it."),
    "stray_block": _("A ::: that ends nothing. Take it out, or write ::: note where the block begins."),
    "no_fact": _("There is no fact called ${what}. Choose one from the list in the help."),
    "no_page": _("This link leads to a page that is not on show: ${what}"),
    "no_service": _("This link leads to a service that is not there: ${what}"),
    "no_phone": _("There is one number to link to: phone:central. Here it says ${what}"),
    "http": _("This link is not safe. Try it with https: ${what}"),
    "scheme": _("Readers cannot follow this link: ${what}. Begin with page:, service:, phone: or https://"),
    "dangerous": _("This link could run a program, so we cannot keep it: ${what}. Take it out; your text is below."),
    "soft_hyphen": _("An unseen hyphen stands in a word, from a text program. Type the word again."),
    "fixed_space": _("A space that holds words together stands here, from a text program. Type a normal space."),
    "invisible": _("A character that nobody sees stands here, from a text program. Type these words again."),
    "pasted_list": _(
        "This looks like a list from a text program: “${what}”. Begin the line with a hyphen and a space."
    ),
    "other_headings": _("This text and the Dutch text have another number of headings: ${what}"),
    "lacks_facts": _("The Dutch text names ${what}, this text does not."),
    "extra_facts": _("This text names ${what}, the Dutch text does not."),
    "lacks_links": _("The Dutch text links to ${what}, this text does not."),
    "extra_links": _("This text links to ${what}, the Dutch text does not."),
}

#: Why a writer cannot do something now, as codes of `NotSo`.
REFUSED: Mapping[str, Any] = {
    "not_yours": _(
        "You cannot do this with this text now. A publisher has it, or it is in a language that is not yours."
    ),
    "gone": _("Nobody writes in this text any more: it was published or thrown away."),
    "changed": _("Somebody saved this text after you opened it. Look at it before you throw it away."),
    "blank": _("There is no title or no text yet. Write those first."),
    "open": _("Somebody is writing in this text already. Go on with what is there."),
}

DONE: Mapping[str, Any] = {
    "bewaard": _("Saved. Readers do not see it yet."),
    "begonnen": _("You can write. Readers see nothing of it until it is published."),
    "leeg": _("Saved, but not handed over: there is no title or no text yet."),
    "terug": _("You have the text back. You can write again."),
}


def say(finding: Finding) -> TranslationString:
    """The sentence for a finding."""
    words = FINDINGS[finding.code]
    what = f"[[{finding.what}]]" if finding.code.endswith(("_fact", "_facts")) else finding.what
    return TranslationString(words, domain=words.domain, default=words.default, mapping={"what": what})
