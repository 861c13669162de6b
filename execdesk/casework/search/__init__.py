"""The search for property: clues, what debtors report, what banks and registries answer."""
