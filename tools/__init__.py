"""Scripts that make what the documentation shows from the program itself."""
