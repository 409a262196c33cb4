"""`python -m faults [NAME…]` puts faults to the service, all without a name; it ends by itself.

Exit code 1 if something was lost, repeated or late that should not be. A seed repeats a run, as
far as the machine does.
"""

import argparse
import asyncio
import random
import sys
from collections.abc import Callable

from faults import crash, hindered, outage, poison, restored, times
from faults.report import table
from faults.stores import DATABASES

DEFAULT_RATE = 30


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(RUNS)}")
    parser.add_argument("--database", choices=DATABASES, help="one of the two; else both")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--deliveries", type=int, default=20_000)
    parser.add_argument("--rate", type=int, default=250, help="messages a second")
    parser.add_argument("--days", type=int, default=10, help="of spring and of autumn")
    parser.add_argument("--seed", type=int, default=random.randrange(1000))
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(RUNS)
    if unknown:
        parser.error(f"there is no run {', '.join(sorted(unknown))}")
    databases = (arguments.database,) if arguments.database else DATABASES
    results = [
        RUNS[name](database, arguments)
        for name in arguments.names or RUNS
        for database in databases
    ]
    sys.exit(not all(results))


def _crash(database: str, arguments: argparse.Namespace) -> bool:
    seed, kills, deliveries = arguments.seed, arguments.kills, arguments.deliveries
    columns = "run rate messages ends lost repeated claimed worst bound disordered".split()
    ok = True
    for name, ends, messages, rate, gently in (
        ("kill -9", kills, deliveries, arguments.rate, False),
        ("kill -9", max(kills // 10, 1), deliveries // 20, DEFAULT_RATE, False),
        ("SIGTERM", max(kills // 10, 1), deliveries // 10, arguments.rate, True),
    ):
        run = asyncio.run(
            crash.crash(
                database, ends=ends, deliveries=messages, rate=rate, seed=seed, gently=gently
            )
        )
        ok = run.holds and ok
        found = run.judgement
        row = (
            *(name, f"{rate}/s", run.expected, len(run.claimed), found.lost),
            *(found.duplicates, sum(run.claimed), max(found.by_kill), run.bound),
            *(found.disordered, found.unexplained, run.refused, f"{run.seconds:.0f}"),
            *(_said(run.holds),),
        )
        table(_title("crash", database, seed), [*columns, "unexplained", "429", "s", ""], [row])
    return ok


def _outage(database: str, arguments: argparse.Namespace) -> bool:
    run = asyncio.run(
        outage.outage(
            database, deliveries=arguments.deliveries, seed=arguments.seed, rate=arguments.rate
        )
    )
    found = run.judgement
    title = _title("outage", database, arguments.seed)
    table(title, ["what went wrong", "times"], sorted(run.counts.items()))
    columns = "run messages lost repeated unanswered counted in-penalty disordered".split()
    row = (
        *("all at once", run.expected, found.lost, found.duplicates, run.unanswered, run.counted),
        *(run.inside, found.disordered, found.unexplained, run.refused, f"{run.seconds:.0f}"),
        *(_said(run.holds),),
    )
    table(title, [*columns, "unexplained", "429", "s", ""], [row])
    return run.holds


def _poison(database: str, arguments: argparse.Namespace) -> bool:
    without, run = (
        asyncio.run(poison.poison(database, seed=arguments.seed, is_poisoned=is_poisoned))
        for is_poisoned in (False, True)
    )
    holds = poison.holds(run, without)
    rows = [
        (
            *(name, each.expected, each.judgement.lost, each.set_aside),
            *(f"{each.typical:.2f}", f"{each.last:.2f}", said),
        )
        for name, each, said in (("all good", without, ""), ("one poisoned", run, _said(holds)))
    ]
    columns = ["run", "messages", "lost", "set aside", "median s", "last s", ""]
    table(_title("poison", database, arguments.seed), columns, rows)
    return holds


def _hindered(database: str, arguments: argparse.Namespace) -> bool:
    runs = {"locked for 12 s": asyncio.run(hindered.locked(database, seed=arguments.seed))}
    filled = asyncio.run(hindered.full_disk(database, seed=arguments.seed))
    if filled is None:
        print("full disk: left out, as only root may mount a small one")
    else:
        runs["full disk for 12 s"] = filled
    rows = [
        (
            *(name, run.tried, run.acknowledged, run.expected, run.judgement.lost),
            *(run.judgement.duplicates, run.judgement.unwanted, run.judgement.disordered),
            *(f"{run.seconds:.0f}", _said(run.holds)),
        )
        for name, run in runs.items()
    ]
    columns = "run items acknowledged messages lost repeated unwanted disordered s".split()
    table(_title("hindered", database, arguments.seed), [*columns, ""], rows)
    return all(run.holds for run in runs.values())


def _restored(database: str, arguments: argparse.Namespace) -> bool:
    run = asyncio.run(restored.restored(database, seed=arguments.seed))
    found = run.judgement
    row = (
        *("restored", run.expected, "-".join(map(str, run.sent_then)), run.set_aside, found.lost),
        *(found.duplicates, f"{run.seconds:.0f}", _said(run.holds)),
    )
    columns = ["run", "messages", "sent at backup", "set aside", "lost", "repeated", "s", ""]
    table(_title("restored", database, arguments.seed), columns, [row])
    return run.holds


def _times(database: str, arguments: argparse.Namespace) -> bool:
    run = asyncio.run(times.times(database, days=arguments.days))
    row = (
        *("times", run.items, run.digests, run.lost, run.repeated, run.crowded),
        *(f"{run.seconds:.0f}", _said(run.holds)),
    )
    columns = ["run", "items", "digests", "lost", "repeated", "two a day", "s", ""]
    table(f"times on {database}", columns, [row])
    return run.holds


def _title(name: str, database: str, seed: int) -> str:
    return f"{name} on {database}; again: --seed {seed}"


def _said(holds: object) -> str:
    return "holds" if holds else "BROKEN"


RUNS: dict[str, Callable[[str, argparse.Namespace], bool]] = {
    "crash": _crash,
    "outage": _outage,
    "poison": _poison,
    "hindered": _hindered,
    "restored": _restored,
    "times": _times,
}


if __name__ == "__main__":
    main()
