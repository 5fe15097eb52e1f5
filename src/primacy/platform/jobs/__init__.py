"""Long work in the database queue: asked for, run by a worker, watched, cancelled, resumed."""
