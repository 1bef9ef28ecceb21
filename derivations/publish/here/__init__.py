"""Derivations that run in the reader's own browser, by the same engine: what the site offers for it (`offered.py`), and what runs there (`script.py`)."""
