"""The commands: the only place of the engine that prints for a user or exits."""
