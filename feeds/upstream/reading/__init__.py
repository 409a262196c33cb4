"""Reading foreign documents in processes of their own, which can be killed.

A document can make a parser run for minutes or eat all memory. So it is read by a worker that has
a time limit, a memory limit, no secrets in its environment and no files to write; one that takes
too long is killed and replaced.
"""
