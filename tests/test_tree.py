"""The tree itself: file sizes, and what must not be in a tracked file."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_SOURCE = 300
LONGEST_TEST = 400
LONGEST_MEDIAN = 120


def tracked(pattern: str) -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.fail("the checks need the git checkout")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_python_file_is_too_long() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines(path)
        for path in tracked("*.py")
        if lines(path) > (LONGEST_TEST if "tests" in path.parts else LONGEST_SOURCE)
    }
    assert too_long == {}


def test_the_median_source_file_is_short() -> None:
    sizes = sorted(
        lines(path)
        for path in tracked("*.py")
        if "tests" not in path.parts and path.name != "__init__.py"
    )
    assert sizes[len(sizes) // 2] <= LONGEST_MEDIAN


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-fuzz.lock"]
)
def test_the_lock_pins_with_hashes_and_names_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert pins
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert "://" not in text
    assert "--index" not in text


def test_the_seed_documents_are_five() -> None:
    assert len(list((ROOT / "seeds" / "documents").glob("*.txt"))) == 5
