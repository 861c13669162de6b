"""The court itself: its corrections of law data and the document types it has adopted."""
