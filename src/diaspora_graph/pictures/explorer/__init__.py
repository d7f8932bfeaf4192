"""The explorer: a page that opens anywhere, and the network that it is made from."""
