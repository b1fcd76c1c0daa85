"""The Snowball stemmers one by one. Their own package loads all forty at once: 9 MiB, of which we use a tenth.

This module is a second door to the same folder: `search.snowball.dutch_porter_stemmer` is the file in there.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

_package = find_spec("snowballstemmer")
__path__ = list(_package.submodule_search_locations or ()) if _package else []


def algorithm(name: str) -> Any:
    """Return a new stemmer by the name of its algorithm, such as `dutch_porter`."""
    class_name = "".join(part.title() for part in name.split("_")) + "Stemmer"
    return getattr(import_module(f"{__name__}.{name}_stemmer"), class_name)()
