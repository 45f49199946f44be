"""Every text of the app: read without a browser, checked, and compared with the accepted ones."""
