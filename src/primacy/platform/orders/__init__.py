"""Two-person orders: acts so grave that one account asks for them and another releases them."""
