"""Exporting: rows become the files of a content folder again, each domain its own. The way back is seeding.

What comes out, seeded into an empty database, gives the same rows. The files need not be the same byte for byte.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pyramid.config import Configurator
from sqlalchemy import Connection

#: Writes a domain's files into a folder; returns how many.
Exporter = Callable[[Connection, Path], int]


class _Plain(yaml.SafeDumper):
    """YAML as an editor would write it: long texts as blocks, no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value again rather than refer to it."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Plain.add_representer(str, _text)


def to_yaml(data: Any) -> str:
    """Data as readable YAML."""
    return yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)


def without_nothing(data: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping without its empty values, which a content file leaves out."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {}, False)}


def add_exporter(config: Configurator, name: str, exporter: Exporter) -> None:
    """Directive: register a domain's exporter."""
    config.registry.exporters[name] = exporter


def includeme(config: Configurator) -> None:
    """Open the register of exporters."""
    config.registry.exporters = {}
    config.add_directive("add_exporter", add_exporter, action_wrap=False)
