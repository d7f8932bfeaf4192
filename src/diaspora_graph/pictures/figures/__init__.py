"""The figure for print, with its legend and notes."""
