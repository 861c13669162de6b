"""What is done in a case, one room a business."""
