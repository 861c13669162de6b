"""The command line: the same work as the window, for the court's IT clerk and for tests."""
