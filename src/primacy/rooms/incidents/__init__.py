"""Events with place, time, actors and harm."""
