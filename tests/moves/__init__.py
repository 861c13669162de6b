"""Every declared move is made by an action, as a person does it; the lists beside the journeys are held to the tables."""
