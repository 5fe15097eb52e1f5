"""Load on the web face: twenty officers at the board of a big made-up country."""
