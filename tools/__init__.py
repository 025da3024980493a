"""What is free of the ORM: how lines are read, answers, transcripts, placeholders."""
