"""How it looks: chart models, and plotly figures and SVG drawn from them."""
