"""What closings leave on the disk: the file of the ledger, and the rows they rest on, encrypted; it knows no amount."""
