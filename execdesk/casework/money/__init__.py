"""Money of a case: what comes in, booked once, answered by counter-bookings, never changed."""
