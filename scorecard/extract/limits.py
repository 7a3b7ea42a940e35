"""How large a file may be: every limit named once, and said in the message that refuses a file."""

MOST_BYTES = 50_000_000  # 50 MB, as server.maxUploadSize
MOST_ROWS = 500_000
MOST_COLUMNS = 200
MOST_CELLS = 5_000_000  # cells with something in them; in a workbook, the block from the first to the last of them
MOST_SHEETS = 100
LONGEST_CELL = 32_767  # characters: what a spreadsheet's cell can hold

MOST_UNZIPPED = 120_000_000  # bytes, of all a workbook's parts together
MOST_PARTS = 2_000  # entries of a workbook's zip
MOST_TIMES_SMALLER = 150  # how much smaller a part may be zipped; real sheets are 5 to 40 times smaller
SMALL_PART = 1_000_000  # bytes: under this a part may be as much smaller as it likes
LONGEST_TAG = 8_000_000  # bytes of a tag and the text after it: what is kept beside a cell can be long
MOST_TEXT = 120_000_000  # bytes of text in a sheet, each repeated text counted each time

READERS = 2  # processes that read files at once; who sends another waits
READER_MEMORY = 1_500_000_000  # bytes that one may have, besides what it starts with
READER_SECONDS = 120  # of the processor, for one file; 500,000 rows take a tenth of it
READER_STARTS = 120  # seconds until one is ready, on a very busy machine
READER_WAITS = 300  # seconds of any kind, where the system can't count those of the processor, or nothing happens
FILES_A_READER = 200  # after so many files a process is replaced
LARGE_FILE = 5_000_000  # bytes; after one so large, too: its memory is given back

HEADER_WITHIN = 20  # rows: the header is among the first so many, blank ones above them aside
HEADER_LOOKED_FOR = 500  # rows: where a header that stands too low is looked for, to say so
NUMBERS_WITHIN = 200  # rows: a report's sheet is told from a cover by the numbers among its first so many
MOST_NEAR_MISSES = 100  # different unknown names for which the nearest known one is looked for
MOST_AREAS_NAMED = 1_000  # different areas by which history is asked for; for more, which no real file has, all of it
MOST_DIFFERENT_PERIODS = 10_000  # different texts that are read as periods; a file of more has something else there

MOST_OF_A_CODE = 50_000  # findings of one code that are listed; one more finding says that there are more

FEWEST_CHANGES = 3  # earlier changes needed before a change is judged by the largest of them
SHORT_HISTORY = 12  # with fewer earlier changes than this, only twice the largest is unusual
FEWEST_COPIED = 5  # figures that all equal the month before's: perhaps a copy
MOST_SINGLY = 10  # changed closed figures listed one by one; more are one finding a file
