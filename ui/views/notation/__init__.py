"""What the page "Notation" shows: glossary, the two layouts, sources, differences."""
