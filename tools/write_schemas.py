"""Write the JSON Schemas of the rules files anew: `python tools/write_schemas.py rules`."""

import sys

from modelaudit.feed.schema import write

if __name__ == "__main__":
    print("\n".join(write(sys.argv[1])))
