"""The catalogues of messages: what is extracted from the source, and what is made of it.

`make messages` runs it. It needs Babel and no gettext programs, so it works on any machine that
can run the tests.
"""
