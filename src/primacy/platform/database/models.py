"""No tables of its own. Django tells an application about migrations only where this file is."""
