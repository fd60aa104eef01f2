"""Changing a workbook where a plan changed it, and nowhere else: everything that nobody touched stays byte for byte."""
