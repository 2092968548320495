"""Modules that are loaded when something of them is asked for."""

from __future__ import annotations

import subprocess
import sys


def test_a_module_is_loaded_when_it_is_used_and_its_names_are_its_own() -> None:
    program = (
        "import sys\n"
        "from modelaudit.domain.later import later\n"
        "spelling, locations = later('modelaudit.domain', 'spelling', 'location')\n"
        "name = 'modelaudit.domain.spelling'\n"
        "print(name in sys.modules, spelling.nearest is spelling.nearest is sys.modules[name].nearest, name in sys.modules)\n"
        "print('modelaudit.domain.location' in sys.modules)\n"
        "try:\n"
        "    spelling.nothing\n"
        "except AttributeError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False True True", "False", "module 'modelaudit.domain.spelling' has no attribute 'nothing'"]
