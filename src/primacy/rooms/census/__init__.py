"""Census: rolls, head counts and pay rolls held side by side, questions, recruitment."""
