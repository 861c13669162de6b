"""What is done with people, posts, letters, certificates and teams, one file a business."""
