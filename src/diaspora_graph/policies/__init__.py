"""Policies of states compared: which are their own, what sources say of each."""
