"""The catalogue: every equation as a record that a program can rebuild and check again. `making` makes it, `forms` says how trees and proofs are written."""
