"""Bad input against the running app: links, widget states and messages that no page could send."""
