"""What may be said of a fault in a log: where it happened, never with what words.

The message of an exception may quote what somebody typed; its type and the lines of our code do not.
"""

import traceback


def describe(fault: BaseException) -> str:
    """The type of a fault and where it came from, innermost last, without its message."""
    frames = traceback.extract_tb(fault.__traceback__)
    places = " < ".join(
        f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames[-8:])
    )
    return f"{type(fault).__name__} at {places}"
