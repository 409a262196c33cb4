"""The API against its own description: made-up requests, right and wrong ones, over real HTTP."""

import asyncio
import shutil
import sys
from pathlib import Path

from tests.feeds.web.conftest import World, serving

CONFIG = Path(__file__).parents[3] / "schemathesis.toml"
EXAMPLES = 25
"""Made-up requests for each operation; `schemathesis run` by hand takes more."""


async def test_schemathesis_finds_nothing(world: World, tmp_path: Path) -> None:
    program = shutil.which("schemathesis", path=Path(sys.executable).parent)
    assert program
    async with serving(world.app) as address:
        run = await asyncio.create_subprocess_exec(
            program,
            f"--config-file={CONFIG}",
            "run",
            f"{address}/api/openapi.json",
            "--checks=all",
            f"--max-examples={EXAMPLES}",
            "--generation-deterministic",
            "--no-color",
            "--suppress-health-check=all",
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        told, _ = await run.communicate()
    assert run.returncode == 0, told.decode()
