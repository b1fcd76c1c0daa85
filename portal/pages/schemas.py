"""What the reaction form accepts."""

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.pages.models import LONGEST_REMARK

_ = TranslationStringFactory("portal")


class ReactionSchema(colander.Schema):
    """Was this of use, and what could be better."""

    page = colander.SchemaNode(
        colander.String(), widget=deform.widget.HiddenWidget(), validator=colander.Length(max=80)
    )
    useful = colander.SchemaNode(
        colander.String(),
        oid="useful",
        title=_("Did this page help you?"),
        missing_msg=_("Choose yes or no."),
        validator=colander.OneOf(["yes", "no"]),
        widget=deform.widget.RadioChoiceWidget(values=[("yes", _("Yes")), ("no", _("No"))]),
    )
    remark = colander.SchemaNode(
        colander.String(),
        oid="remark",
        title=_("What could be better?"),
        description=_("Do not write about yourself here. Nobody can answer you, as we do not know who you are."),
        missing="",
        validator=colander.Length(
            max=LONGEST_REMARK, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")
        ),
        widget=deform.widget.TextAreaWidget(rows=5),
    )
