"""Commands about figures from outside: tables, and targets made of them."""
