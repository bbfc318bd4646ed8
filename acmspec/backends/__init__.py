"""The engines that run SQL, one file each. They know nothing of what is asked and why."""
