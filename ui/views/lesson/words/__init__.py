"""Every sentence of the page "Lesson", by where it stands. No Streamlit, no HTML."""
