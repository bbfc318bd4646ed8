"""Engines that run exact SQL, one file each; a database's driver is known in its own file alone."""
