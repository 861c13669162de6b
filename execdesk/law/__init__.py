"""Rules as pure functions over dated data; standard library only."""
