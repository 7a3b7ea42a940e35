"""The snapshot as a workbook."""
