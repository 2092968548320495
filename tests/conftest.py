"""Property tests try the same texts in every run, so that a commit is never refused for another one's fault.

`pytest --hypothesis-profile=explore` draws new ones; what that finds becomes an `@example`.
"""

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile("fixed")
