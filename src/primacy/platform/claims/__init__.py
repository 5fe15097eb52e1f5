"""Claims: what somebody says was true over a span of days, with citations, status and history."""
