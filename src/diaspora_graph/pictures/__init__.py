"""Pictures of claims: the explorer, the figure for print, and what they are made of."""
