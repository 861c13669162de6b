"""The window: tabs, pages, dialogs, jobs, printing."""
