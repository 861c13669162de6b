"""The window: tabs, pages, dialogs, jobs, printing."""

from ui.keep_constants import keep_constants

keep_constants()  # before the first call into Qt
