"""Every sentence of the page "Chain-rule lab". No HTML."""
