"""What surrounds every page: navigation, sidebar, dialogs, styles."""
