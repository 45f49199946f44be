"""Streamlit pages that others' times are compared with."""

BARE = """
import streamlit as st
st.session_state.setdefault("n", 0)
if st.button("Next"):
    st.session_state.n += 1
st.write(st.session_state.n)
"""

PLOTLY = """
import numpy as np
import plotly.graph_objects as go
import streamlit as st
st.session_state.setdefault("n", 0)
if st.button("Next"):
    st.session_state.n += 1
n = st.session_state.n
rng = np.random.default_rng(n)
st.write(n)
for column, shape in zip(st.columns(3), ((3, 1), (3, 5), (4, 5))):
    values = rng.normal(size=shape)
    figure = go.Figure(go.Heatmap(z=values, zmid=0, colorscale="RdBu", texttemplate="%{z:.3f}"))
    column.plotly_chart(figure, key=f"{shape}")
"""
