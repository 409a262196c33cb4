"""`python -m bench [NAME…] [--size X]` runs benchmarks, all without a name; it ends by itself."""

import argparse
from importlib import import_module

NAMES = tuple("search matching classify feeds service polling transport delivery fanout".split())


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--size", type=float, default=1.0, help="times the usual amount of data")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(NAMES)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    for name in arguments.names or NAMES:
        import_module(f"bench.{name}").run(arguments.size)


if __name__ == "__main__":
    main()
