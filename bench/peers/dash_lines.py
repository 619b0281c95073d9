"""Dash: one page with the lines as traces of one graph."""

import sys

import plotly.graph_objects as go
from dash import Dash, dcc, html
from lines import YEARS, lines

figure = go.Figure()
for name, values in lines():
    figure.add_trace(go.Scatter(x=YEARS, y=values, name=name, mode="lines", line={"width": 1}))
app = Dash(__name__)
app.layout = html.Div([html.H1("Alla kommuner"), dcc.Graph(id="graph", figure=figure)])

if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)
