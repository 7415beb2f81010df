"""Sigma rules: read, turned into SQL over our tables, and run; each match is an alert of another tool."""
