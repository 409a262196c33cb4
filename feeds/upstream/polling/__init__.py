"""Reading sources when they are due, and taking in what they show."""
