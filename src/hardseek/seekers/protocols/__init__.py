"""Published protocols, as they were published, beside our own seeker."""
