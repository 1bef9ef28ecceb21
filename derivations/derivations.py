"""Lets one script run by itself: `python derivations/coin.py` looks beside itself for the package it belongs to, and finds it here."""

from pathlib import Path

__path__ = [str(Path(__file__).resolve().parent)]
