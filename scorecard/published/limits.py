"""How large a published file may be. Such files hold every authority and many years, so more than an extract's."""

MOST_BYTES = 300_000_000  # from the terminal; a page takes no more than server.maxUploadSize
MOST_ROWS = 5_000_000
MOST_COLUMNS = 500
MOST_UNPACKED = 2_000_000_000  # bytes that a parquet file says its columns unpack to
BLOCK = 1_000_000  # bytes of a CSV that are read at once
BATCH = 65_536  # rows of a parquet file that are read at once
MOST_LISTED = 200  # findings of one kind about single rows
HEADER_BYTES = 200_000  # within which a CSV's header ends
