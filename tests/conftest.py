"""Property tests try the same texts in every run, so that a commit is never refused for another one's fault.

`pytest --hypothesis-profile=explore` draws new ones; what that finds becomes an `@example`.
"""

import signal

from hypothesis import settings

# A shell starts what runs in the background with interrupts ignored, and programs that tests start would inherit that and never end.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile("fixed")
