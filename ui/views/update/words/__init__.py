"""Every sentence of the page "Weight update". No HTML."""
