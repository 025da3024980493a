"""What canned responses are made of, free of the ORM: placeholders and blanks."""
