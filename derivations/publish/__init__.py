"""Everything that readers see, made from the catalogue: pages, marks, figures, notebooks, citations."""
