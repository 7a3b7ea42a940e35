"""What every room speaks: periods, numbers, observations and their words."""

import pandas as pd

# Most frames have tens of rows, and take hundreds of steps: Python's texts halve the time of an assessment. A file of
# many rows keeps Arrow's (extract.files.text_columns). Why, and what to mind: docs/decisions/0022.
pd.set_option("mode.string_storage", "python")
