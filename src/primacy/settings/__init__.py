"""Settings modules: base (shared), embedded (one laptop), test."""
