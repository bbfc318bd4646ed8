"""File formats that can be read as columns of text, one file each, listed here; none knows an engine."""

from acmspec.facts.ports import Source
from acmspec.sources.csv_file import CsvFile
from acmspec.sources.excel import ExcelFile
from acmspec.sources.parquet import ParquetFile

SOURCES: tuple[Source, ...] = (CsvFile(), ParquetFile(), ExcelFile())
