"""From Likelihood to Loss: every formula and number of the site, derived with SymPy and proved."""
