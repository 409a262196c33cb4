"""Getting documents from the network, as a good citizen and a careful one."""
