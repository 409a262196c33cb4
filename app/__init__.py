"""Composition: builds the parts, starts and stops them. Knows every package and holds no rules."""
