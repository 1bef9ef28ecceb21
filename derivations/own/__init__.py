"""The derivations on a reader's own numbers: scripts whose first line is the data, how these are read as they are typed, and how what was derived is handed out."""
