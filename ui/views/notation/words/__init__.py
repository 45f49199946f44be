"""Every sentence of the page "Notation": its sections, glossary, sources, differences."""
