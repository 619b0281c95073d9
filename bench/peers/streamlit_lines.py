"""Streamlit: one page with the lines as traces of one chart."""

import plotly.graph_objects as go
import streamlit as st
from lines import YEARS, lines

figure = go.Figure()
for name, values in lines():
    figure.add_trace(go.Scatter(x=YEARS, y=values, name=name, mode="lines", line={"width": 1}))
st.title("Alla kommuner")
st.plotly_chart(figure)
