"""What ``make load`` is made of: who acts, what they do, what is measured."""
