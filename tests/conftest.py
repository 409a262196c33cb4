import os
import shutil

import pytest

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    for name in _CHROMIUMS:
        if path := shutil.which(name):
            return path
    reason = f"no browser found: install one of {', '.join(_CHROMIUMS)}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
