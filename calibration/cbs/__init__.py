"""Figures from outside: tables of CBS and own files, read rightly or refused with the reason."""
