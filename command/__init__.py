"""What commands are, free of the ORM: syntax, errors, replies, transcripts."""
