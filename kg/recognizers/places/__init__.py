"""The kinds of place names, one module each; ``kg.recognizers.place`` puts them together."""
