"""The faces of the model: the pages and the command line."""
