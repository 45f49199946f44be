"""Plotly figures as plain dicts: building graph objects takes fifty times as long. No Streamlit."""
