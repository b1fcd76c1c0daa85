"""Forms that bring a file: how large a form may be, and reading its parts from the line with a limit on everything.

Python's own reader has no limits: a form of many empty parts, or of one part with endless headers, keeps it busy for
minutes. What is read here never stands in memory whole: a file above `IN_MEMORY` lies in a temporary file without a
name, which is gone when the request is.
"""

from dataclasses import dataclass
from io import BufferedRandom
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from multipart import MultipartSegment, PushMultipartParser, parse_options_header
from pyramid.config import Configurator
from pyramid.interfaces import IRoutesMapper
from pyramid.request import Request
from pyramid_retry import is_error_retryable
from webob.multidict import MultiDict

#: Bytes of a form that brings no file. Our longest, a report in Arabic, has about 200,000.
LARGEST_FORM = 512 * 1024
#: Parts of a form that brings files, bytes of what is typed in it, and bytes of a file that stay in memory.
MOST_PARTS, MOST_TYPED, IN_MEMORY = 20, 64 * 1024, 1024 * 1024
_PIECE = 64 * 1024
MULTIPART = "multipart/form-data"


@dataclass(frozen=True)
class Upload:
    """A file that came with a form. `filename` is what the sender calls it: anything at all; `size` is in bytes."""

    filename: str
    file: IO[bytes]
    size: int


def largest_body(request: Request) -> int:
    """How many bytes this request may bring."""
    mapper = request.registry.getUtility(IRoutesMapper)
    try:
        path = request.path_info
    except UnicodeDecodeError:  # an address that cannot be read leads to no route
        return LARGEST_FORM
    for name, most in request.registry.body_limits.items():
        if mapper.get_route(name).match(path) is not None:
            return int(most)
    return LARGEST_FORM


def close_body_afterwards(request: Request) -> None:
    """A body that was kept in a temporary file goes when its request is over; not when it will be tried again."""
    body = request.body_file_raw

    def close(request: Request) -> None:
        if not is_error_retryable(request, request.exception):
            body.close()

    if isinstance(body, BufferedRandom):
        request.add_finished_callback(close)


def read_parts(request: Request) -> None:
    """Read a form with files into `request.POST`: typed values as text, files as `Upload`.

    Raises ValueError (as `MultipartError` and `UnicodeDecodeError` are) when it is no such form, or too much of one.
    """
    _type, options = parse_options_header(request.headers.get("Content-Type", ""))
    found: MultiDict = MultiDict()
    typed = 0
    request.make_body_seekable()  # to its beginning, also when it is tried again
    parser = PushMultipartParser(options.get("boundary", ""), max_segment_count=MOST_PARTS, strict=True)
    part: MultipartSegment | None = None
    keep: Any = None
    with parser:
        while not parser.closed:
            for event in parser.parse(request.body_file_raw.read(_PIECE)):
                if isinstance(event, MultipartSegment):
                    part, keep = event, _begin(request)
                elif event is None:
                    found.add(str(part and part.name), _end(part, keep))
                elif part is not None:
                    typed += len(event) if part.filename is None else 0
                    if typed > MOST_TYPED:
                        raise ValueError("more was typed than a form holds")
                    keep.write(event)
    request.environ["webob._parsed_post_vars"] = (found, request.body_file_raw)


def _begin(request: Request) -> Any:
    keep = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (it is closed when the request is over)
    request.add_finished_callback(lambda _request: keep.close())
    return keep


def _end(part: MultipartSegment | None, keep: Any) -> str | Upload:
    size = keep.tell()
    keep.seek(0)
    if part is not None and part.filename is not None:
        return Upload(part.filename, keep, size)
    return str(keep.read().decode("utf-8"))


def add_body_limit(config: Configurator, route: str, most: int) -> None:
    """Directive: this route takes forms of so many bytes, as it takes files."""
    config.registry.body_limits[route] = most


def includeme(config: Configurator) -> None:
    """Open the register."""
    config.registry.body_limits = {}
    config.add_directive("add_body_limit", add_body_limit, action_wrap=False)
