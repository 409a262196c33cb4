"""Faults put to the real service: hard kills, a Telegram that fails, full disks, odd clocks.

The service runs as processes of its own against the sandbox's Bot API, which lives in the process
that watches. What the sandbox wrote down is compared with what should have come, by `judge`.
"""
