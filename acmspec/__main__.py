"""The command `acmspec`; it only starts the command line and turns our own bugs into exit code 70."""

import gc
import os
import sys

_OUR_BUG = 70

RARELY = (1_000_000, 20, 100)
"""How seldom a command looks for circles of objects: what it makes are trees, and it ends before they matter."""


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(*RARELY)
    try:
        from acmspec.cli.edge import start

        start()
    except Exception as error:  # the edge: whatever gets here is our bug, and is said
        if os.environ.get("ACMSPEC_TRACEBACK"):
            raise
        sys.stderr.write(
            f"error[ACM900]: acmspec itself failed ({type(error).__name__}: {error})\n"
            "   = cause: this is a mistake in acmspec, not in your spec or data\n"
            "   = fix: run again with ACMSPEC_TRACEBACK=1 and report what it prints\n"
            "   = contract: No result may be relied on that was not produced in full.\n"
        )
        sys.exit(_OUR_BUG)
    finally:
        # Else the interpreter looks through all that there is for circles, twice, only to end.
        gc.freeze()


if __name__ == "__main__":
    main()
