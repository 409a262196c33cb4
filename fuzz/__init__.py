"""Coverage-guided fuzzing of what reads foreign text: `make fuzz`."""
