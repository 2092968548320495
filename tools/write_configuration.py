"""Write docs/configuration.md anew: `python tools/write_configuration.py docs/configuration.md`."""

import sys

from modelaudit.config.reference import reference

if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8", newline="\n") as page:
        page.write(reference())
