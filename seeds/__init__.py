"""What Topicwire ships: the seed documents, the topics and the places."""
