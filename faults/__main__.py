"""`python -m faults [NAME…]` puts faults to the service, all without a name; it ends by itself.

Exit code 1 if something was lost or repeated that should not be. A run is repeated by its seed.
"""

import argparse
import asyncio
import random
import sys

from faults.crash import Run, crash
from faults.report import table
from faults.stores import DATABASES

NAMES = ("crash",)


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--database", choices=DATABASES, help="one of the two; else both")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--stops", type=int, default=20, help="ends by SIGTERM")
    parser.add_argument("--deliveries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1000))
    arguments = parser.parse_args()
    databases = (arguments.database,) if arguments.database else DATABASES
    ok = True
    for database in databases:
        ok = _crash(database, arguments) and ok
    sys.exit(not ok)


def _crash(database: str, arguments: argparse.Namespace) -> bool:
    rows = []
    ok = True
    for name, ends in (("kill -9", arguments.kills), ("SIGTERM", arguments.stops)):
        gently = name == "SIGTERM"
        run = asyncio.run(
            crash(
                database,
                ends=ends,
                deliveries=arguments.deliveries,
                seed=arguments.seed,
                gently=gently,
            )
        )
        ok = run.holds(gently=gently) and ok
        rows.append(_row(name, run, gently=gently))
    table(f"crash, {database}, --seed {arguments.seed}", _COLUMNS, rows)
    return ok


_COLUMNS = "run ends messages lost repeated worst bound disordered unexplained refused s".split()


def _row(name: str, run: Run, *, gently: bool) -> list[object]:
    found = run.judgement
    return [
        name,
        run.ends,
        run.expected,
        found.lost,
        found.duplicates,
        found.worst_kill,
        0 if gently else run.bound,
        found.disordered,
        found.unexplained,
        run.refused,
        f"{run.seconds:.0f}",
    ]


if __name__ == "__main__":
    main()
