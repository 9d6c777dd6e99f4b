"""The article from start to end on one machine, with its promises checked."""
