"""Pages of administration: adoption of documents, corrections of law data, people, clearing a restored store."""
