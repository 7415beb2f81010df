def problems_of(q): return []
