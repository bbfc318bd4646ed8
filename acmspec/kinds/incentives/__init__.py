"""Incentive kinds, one file each."""
