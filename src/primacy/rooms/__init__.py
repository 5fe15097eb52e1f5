"""One Django app per noun. Rooms use each other only through `facade`, and only downwards."""
