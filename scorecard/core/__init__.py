"""What every room speaks: periods, numbers, observations and their words."""

import pandas as pd

# A measure's frames have tens or hundreds of rows. Arrow's texts cost ten times as much per step as Python's there, and
# an assessment takes hundreds of steps: with these it takes half the time (docs/decisions). What has many rows, a file
# that is being read, keeps Arrow's (extract.files.text_columns); the two go together in one frame.
pd.set_option("mode.string_storage", "python")
