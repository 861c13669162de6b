"""Values as people write them: days, amounts, names, numbers."""
