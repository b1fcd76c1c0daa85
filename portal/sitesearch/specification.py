"""`openapi.yaml` is a promise: every question is held against it, and where the settings say so (tests) every answer.

The library that reads it takes 20 MiB and half a second. It comes with the first question of a program, not at start:
most processes serve people only.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import FileResponse, Response
from pyramid.settings import asbool

from portal.foundation.security import Permission

SPECIFICATION = Path(__file__).parent / "openapi.yaml"
#: The setting that has answers checked too.
CHECK_ANSWERS = "pyramid_openapi3.enable_response_validation"


class CannotRead(Exception):
    """Parameters are not as promised; `names` says which."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class BrokenPromise(Exception):
    """An answer of ours is not as promised."""


class Specification:
    """The promise in a file. Nothing is read before it is needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _readers(self) -> tuple[Any, Any]:
        from jsonschema_path import SchemaPath
        from openapi_core import V31ResponseValidator
        from openapi_core.unmarshalling.request import V31RequestUnmarshaller
        from openapi_spec_validator import validate
        from openapi_spec_validator.readers import read_from_filename

        promise, _ = read_from_filename(str(self._path))
        validate(promise)
        spec = SchemaPath.from_dict(promise)
        return V31RequestUnmarshaller(spec), V31ResponseValidator(spec)

    def question(self, request: Request) -> Mapping[str, Any]:
        """The parameters of a question, each as its promised type. Raises `CannotRead`."""
        from pyramid_openapi3.wrappers import PyramidOpenAPIRequest

        found = self._readers[0].unmarshal(PyramidOpenAPIRequest(request))
        if found.errors:
            raise CannotRead(sorted({str(getattr(error, "name", "") or "") for error in found.errors} - {""}))
        return found.parameters.query

    def check(self, request: Request, response: Response) -> None:
        """Raise `BrokenPromise` for an answer that is not as promised."""
        from pyramid_openapi3.wrappers import PyramidOpenAPIRequest, PyramidOpenAPIResponse

        asked, answered = PyramidOpenAPIRequest(request), PyramidOpenAPIResponse(response)
        faults = list(self._readers[1].iter_errors(request=asked, response=answered))
        if faults:
            raise BrokenPromise("; ".join(map(str, faults)))


def promised_view(view: Callable[..., Response], info: Any) -> Callable[..., Response]:
    """View deriver for `promised=True`: the view finds its parameters in `request.asked`."""
    if not info.options.get("promised"):
        return view
    specification = info.registry.specification
    check_answers = asbool(info.registry.settings.get(CHECK_ANSWERS, False))

    def held_to_it(context: Any, request: Request) -> Response:
        request.asked = specification.question(request)
        response = view(context, request)
        if check_answers:
            specification.check(request, response)
        return response

    return held_to_it


promised_view.options = ("promised",)  # type: ignore[attr-defined]


def show_specification(context: Any, request: Request) -> Response:
    """The promise itself."""
    return FileResponse(str(SPECIFICATION), request=request, content_type="text/yaml")


def includeme(config: Configurator) -> None:
    """The file at its address, and views that keep it."""
    config.registry.specification = Specification(SPECIFICATION)
    config.add_view_deriver(promised_view)
    config.add_route("api.specification", "/api/v1/openapi.yaml", factory="portal.foundation.security.PublicResource")
    config.add_view(
        show_specification, route_name="api.specification", permission=Permission.READ, request_method="GET"
    )
