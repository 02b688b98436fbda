"""What the Makefile calls. Modules here that run before the virtual environment exists use the standard library only."""
