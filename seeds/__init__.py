"""What Topicwire ships: the seed documents, the topics, the places and the words for kinds."""

SOURCE = "unodc"
"""The source that the shipped documents come from."""
