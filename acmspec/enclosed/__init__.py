"""What stands in the files a spec encloses, read into the spec; it opens no file itself."""
