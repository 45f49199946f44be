"""Results of learners as short codes that hold nothing about them, and where a class stands by its codes."""
