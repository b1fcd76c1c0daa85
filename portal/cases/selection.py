"""By what somebody is looked for: a reference, how they are reached, where they live; however it is written. Pure."""

from dataclasses import dataclass, fields

from portal.cases.references import read_reference


def bare(text: str | None) -> str:
    """Letters and digits only: `8011 pk` and `8011PK`, `12-a` and `12 A` are one."""
    return "".join(sign for sign in text or "" if sign.isalnum()).upper()


def bare_email(text: str | None) -> str:
    """An address without spaces and capitals."""
    return (text or "").strip().casefold()


def bare_phone(text: str | None) -> str:
    """The digits of a number as they are dialled here: `+31 6 …`, `0031 6 …` and `06 …` are one."""
    digits = "".join(sign for sign in text or "" if sign.isdigit())
    if not digits.startswith("00") and not (text or "").strip().startswith("+"):
        return digits
    abroad = digits.removeprefix("00")
    return "0" + abroad[2:].removeprefix("0") if abroad.startswith("31") else f"+{abroad}"


def address(text: str | None) -> str:
    """A phone number or an e-mail address, in the form in which it is compared."""
    return bare_email(text) if "@" in (text or "") else bare_phone(text)


@dataclass(frozen=True)
class Selection:
    """By what somebody is looked for; all that is given must fit. Also: by what somebody in a case is known."""

    reference: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    house: str = ""

    @classmethod
    def typed(cls, **given: str | None) -> "Selection":
        """What an operator typed. Raises ValueError that says what to mend: what cannot be read widens nothing."""
        found = cls.known(**given)
        for name, value in given.items():
            if value is not None and not getattr(found, name):
                raise ValueError(f"--{name} cannot be read")
        if bool(found.postcode) != bool(found.house):
            raise ValueError("--postcode and --house go together")
        if found == cls():
            raise ValueError("say who: --reference, --email, --phone, or --postcode and --house")
        return found

    @classmethod
    def known(
        cls, reference: str | None = "", email: str | None = "", phone: str | None = "", postcode: str | None = "",
        house: str | None = "",
    ) -> "Selection":  # fmt: skip
        """The same, each in the form in which it is compared."""
        return cls(
            read_reference(reference or "") or "", bare_email(email), bare_phone(phone), bare(postcode), bare(house)
        )

    def fits(self, who: "Selection") -> bool:
        """Whether everything that is asked is so for who asked for help."""
        return all(getattr(self, one.name) in {"", getattr(who, one.name)} for one in fields(self))

    def fits_helper(self, helper: "Selection") -> bool:
        """Whether it is so for a helper: never by the reference alone, which is the resident's."""
        return bool(self.email or self.phone) and self.fits(helper)

    def is_sure(self, names: int) -> bool:
        """Whether this can be one person only; at an address live people who have nothing to do with each other."""
        return names <= 1 and bool(self.reference or self.email or self.phone)


def reached(reference: str, reach: str) -> Selection:
    """By what somebody is known who is reached in one way only."""
    return Selection.known(reference, email=reach) if "@" in reach else Selection.known(reference, phone=reach)
